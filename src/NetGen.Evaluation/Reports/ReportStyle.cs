namespace NetGen.Metrics;

/// <summary>How a report looks: light or dark as its reader likes it, one column on a phone, black on white in print.</summary>
internal static class ReportStyle
{
    /// <summary>The colours, as the reader's system likes them.</summary>
    internal static readonly string Colours =
        $$"""
        :root { color-scheme: light dark; {{Palette.Light.Variables}} }
        @media (prefers-color-scheme: dark) {
          :root { {{Palette.Dark.Variables}} } }
        """;

    /// <summary>What <see cref="SvgCanvas"/> draws.</summary>
    internal const string Drawings =
        """
        svg text { fill: var(--text); font-size: 12px; }
        svg .head { font-size: 13px; font-weight: 600; }
        svg .middle { text-anchor: middle; }
        svg .end { text-anchor: end; }
        svg .grid { stroke: var(--line); stroke-width: 1; }
        svg path { fill: none; stroke-width: 2; stroke-linejoin: round; }
        svg .dashed { stroke-dasharray: 5 4; stroke-width: 1.5; }
        svg g { stroke: none; fill-opacity: .75; }
        svg path.s1 { stroke: var(--s1); } svg path.s2 { stroke: var(--s2); } svg path.s3 { stroke: var(--s3); } svg path.s4 { stroke: var(--s4); }
        svg g.s1 { fill: var(--s1); } svg g.s2 { fill: var(--s2); } svg g.s3 { fill: var(--s3); } svg g.s4 { fill: var(--s4); }
        """;

    internal static readonly string Css =
        $$"""
        {{Colours}}
        {{Drawings}}
        {{Page}}
        @media print {
          :root { {{Palette.Print.Variables}} }
        {{Paper}} }
        """;

    private const string Page =
        """
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1rem; max-width: 76rem; background: var(--back); color: var(--text);
          font: 1rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
        h1 { font-size: 1.7rem; margin: .5rem 0; }
        h2 { font-size: 1.2rem; margin: 2rem 0 .6rem; padding-bottom: .2rem; border-bottom: 1px solid var(--line); }
        p { max-width: 60rem; }
        .soft { color: var(--soft); }
        .tiles, .charts { display: grid; gap: .8rem; }
        .tiles { grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); }
        .charts { grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); margin-top: .8rem; }
        .tile { background: var(--card); border-radius: .5rem; padding: .5rem .8rem; }
        .tile b { display: block; font-size: 1.25rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        .tile span { color: var(--soft); font-size: .85rem; }
        figure { margin: 0; background: var(--card); border-radius: .5rem; padding: .6rem; max-width: 44rem; }
        svg { display: block; width: 100%; height: auto; }
        figcaption { font-size: .85rem; color: var(--soft); padding: .2rem .4rem 0; }
        figcaption span { margin-right: 1rem; white-space: nowrap; }
        i { display: inline-block; width: .9em; height: .9em; border-radius: .2em; margin-right: .35em; vertical-align: -.1em; }
        i.s1 { background: var(--s1); } i.s2 { background: var(--s2); } i.s3 { background: var(--s3); } i.s4 { background: var(--s4); }
        .wide { overflow-x: auto; margin-top: .8rem; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th, td { padding: .25rem .6rem; border: 1px solid var(--line); text-align: right; white-space: nowrap; }
        th { background: var(--card); font-weight: 600; }
        th:first-child, td:first-child { text-align: left; }
        pre { background: var(--card); border-radius: .5rem; padding: .8rem; overflow-x: auto; font-size: .85rem; line-height: 1.35; }
        .bars { display: grid; grid-template-columns: minmax(4rem, max-content) minmax(3rem, 1fr) max-content; gap: .3rem .8rem;
          align-items: center; max-width: 60rem; font-size: .9rem; font-variant-numeric: tabular-nums; }
        .bars span { overflow-wrap: anywhere; }
        .bars div { background: var(--card); border-radius: .2rem; }
        .bars b { display: block; height: 1.1em; min-width: 1px; background: var(--s1); border-radius: .2rem; }
        .samples { display: grid; gap: .8rem; grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); }
        .sample { background: var(--card); border-radius: .5rem; padding: .5rem; font-size: .85rem; overflow-wrap: anywhere; }
        .sample img { width: 100%; height: auto; image-rendering: pixelated; border-radius: .3rem; }
        """;

    private const string Paper =
        """
          body { max-width: none; padding: 0; font-size: 10pt; }
          .tile, figure, .sample, pre, .bars div { border: 1px solid var(--line); }
          figure, .tile, .sample, tr { break-inside: avoid; }
          h2 { break-after: avoid; }
          pre { white-space: pre-wrap; }
          * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        """;
}
