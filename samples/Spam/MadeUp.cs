/// <summary>Mails that nobody wrote, for where there are no others: what the network finds in them says nothing about real ones.</summary>
internal static class MadeUp
{
    private static readonly string[] Offers =
        ["Cheap pills", "A free watch", "A loan without questions", "Your prize", "Hot stocks", "Miracle diet"];

    private static readonly string[] Pushes =
    [
        "click here now!", "only today, 100% guaranteed!", "act now and win $5000!", "no risk, no cost!", "reply with your account number.",
        "limited offer!!!",
    ];

    private static readonly string[] Topics =
        ["the build", "the patch for the parser", "Thursday's meeting", "the draft of chapter two", "lunch", "the mailing list"];

    private static readonly string[] Questions =
    [
        "does it work for you?", "I will look at it tomorrow.", "could you send me the log?", "thanks for the review.",
        "see the attached file.", "let me know when you are back.",
    ];

    public static IEnumerable<(string Text, bool IsSpam)> Mails(int count)
    {
        var random = new Random(1);
        string One(string[] parts) => parts[random.Next(parts.Length)];
        for (var i = 0; i < count; i++)
        {
            yield return i % 3 == 0
                ? ($"{One(Offers)} for you\nDear friend, {One(Offers).ToLowerInvariant()}: {One(Pushes)} {One(Pushes)}", true)
                : ($"Re: {One(Topics)}\nHi, about {One(Topics)}: {One(Questions)} And {One(Topics)}? {One(Questions)}", false);
        }
    }
}
