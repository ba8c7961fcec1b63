using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace NetGen.Metrics.Tests;

/// <summary>
/// Reports in a browser (Debian's chromium; without it the tests skip), light and dark, as wide as a phone and a desk: a page with the
/// report in two frames measures it, and says in its text what it found.
/// </summary>
public sealed class BrowserTests : IDisposable
{
    private const int Phone = 390, Desk = 1280;

    private readonly string folder = Directory.CreateTempSubdirectory("netgen-browser-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_report_fits_and_can_be_read(bool dark)
    {
        Frame[] frames = Measure(dark);
        Assert.Equal([Phone, Desk], frames.Select(frame => frame.Width));
        foreach (Frame frame in frames)
        {
            Assert.Equal(dark, frame.Dark);
            // Nothing has to be moved sideways to be read but tables, which scroll by themselves.
            Assert.Equal(frame.Width, frame.ScrollWidth);
            Assert.Equal(dark, Luminance(frame.Back) < 0.1);
            // The contrasts that WCAG 2.1 asks of texts (1.4.3) and of lines (1.4.11).
            Assert.All(frame.Texts, text => Assert.True(Contrast(text.Colour, text.Back) >= 4.5, $"{text.Name}: {text.Colour} on {text.Back}"));
            Assert.All(frame.Lines, line => Assert.True(Contrast(line.Colour, line.Back) >= 3, $"{line.Name}: {line.Colour} on {line.Back}"));
            Assert.All(frame.ChartWidths, width => Assert.InRange(width, 250, 720));
            Assert.All(frame.Overflowing, name => Assert.Fail($"{name} is wider than what it is in, at {frame.Width}."));
            // The longest bar is all of its place, and the others are less.
            Assert.InRange(frame.Bars[0], 0.999, 1.001);
            Assert.InRange(frame.Bars[1], 0.01, 0.9);
        }

        // Below each other on a phone, beside each other on a desk.
        Assert.Single(frames[0].ChartPlaces.Distinct());
        Assert.InRange(frames[1].ChartPlaces.Distinct().Count(), 2, 3);
    }

    private Frame[] Measure(bool dark)
    {
        string? browser = Array.Find(["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"], File.Exists);
        Assert.SkipWhen(browser is null, "There is no chromium here.");
        ReportTests.Whole().Save(Path.Combine(folder, "report.html"));
        string page = Path.Combine(folder, "page.html");
        File.WriteAllText(page, Page.Replace("WIDTHS", $"[{Phone}, {Desk}]", StringComparison.Ordinal));
        string[] arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files", "--no-first-run",
            $"--user-data-dir={Path.Combine(folder, "profile")}", $"--blink-settings=preferredColorScheme={(dark ? 0 : 1)}", "--virtual-time-budget=5000",
            "--dump-dom", new Uri(page).AbsoluteUri,
        ];
        using Process process = Process.Start(new ProcessStartInfo(browser, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        string dom = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Match found = Regex.Match(dom, "<pre>(.*?)</pre>", RegexOptions.Singleline);
        Assert.True(found.Success, dom);
        return JsonSerializer.Deserialize<Frame[]>(WebUtility.HtmlDecode(found.Groups[1].Value), JsonSerializerOptions.Web)!;
    }

    /// <summary>The ratio of luminances, as WCAG defines it.</summary>
    private static double Contrast(string one, string other)
    {
        double a = Luminance(one), b = Luminance(other);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double[] part =
        [
            .. Regex.Matches(colour, @"[\d.]+").Take(3).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture) / 255)
                .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)),
        ];
        return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
    }

    private const string Page =
        """
        <!DOCTYPE html><html><body><script>
        const widths = WIDTHS;
        let waiting = widths.length;
        const frames = widths.map(width => {
          const frame = document.createElement('iframe');
          frame.style.cssText = `border:0;height:900px;width:${width}px`;
          frame.onload = () => { if (--waiting === 0) tell(); };
          frame.src = 'report.html';
          document.body.append(frame);
          return frame;
        });
        function tell() {
          const all = frames.map((frame, i) => {
            const page = frame.contentDocument, style = e => frame.contentWindow.getComputedStyle(e), each = s => [...page.querySelectorAll(s)];
            // What is half transparent lies over what is behind it.
            const back = e => {
              if (!e) return [255, 255, 255];
              const [r, g, b, alpha = 1] = style(e).backgroundColor.match(/[\d.]+/g).map(Number), behind = alpha < 1 ? back(e.parentElement) : [0, 0, 0];
              return [r, g, b].map((c, i) => alpha * c + (1 - alpha) * behind[i]);
            };
            const of = (s, colour) => each(s).map(e => ({ name: s + ' ' + e.textContent.slice(0, 20), colour: style(e)[colour], back: String(back(e.closest('figure') ?? e)) }));
            return {
              width: widths[i], scrollWidth: page.documentElement.scrollWidth, dark: frame.contentWindow.matchMedia('(prefers-color-scheme: dark)').matches,
              back: style(page.body).backgroundColor,
              texts: [...of('h1, h2, p, td, th, pre, .tile b, .tile span, figcaption, .bars span, .sample', 'color'), ...of('svg text', 'fill')],
              lines: [...of('svg path', 'stroke'), ...of('svg g', 'fill'), ...of('.bars b', 'backgroundColor').map(b => ({ ...b, back: String(back(page.querySelector('.bars div'))) }))],
              chartWidths: each('svg').map(e => e.getBoundingClientRect().width),
              chartPlaces: [...page.querySelector('.charts').children].map(e => Math.round(e.getBoundingClientRect().left)),
              bars: each('.bars b').map(e => e.getBoundingClientRect().width / e.parentElement.getBoundingClientRect().width),
              overflowing: each('.tile, .sample, figure, .bars span').filter(e => e.scrollWidth > e.clientWidth + 1 && style(e).display !== 'inline').map(e => e.textContent.slice(0, 40)),
            };
          });
          const text = document.createElement('pre');
          text.textContent = JSON.stringify(all);
          document.body.replaceChildren(text);
        }
        </script></body></html>
        """;

    private sealed record Colours(string Name, string Colour, string Back);

    private sealed record Frame(
        int Width, int ScrollWidth, bool Dark, string Back, Colours[] Texts, Colours[] Lines, double[] ChartWidths, int[] ChartPlaces, double[] Bars, string[] Overflowing);
}
