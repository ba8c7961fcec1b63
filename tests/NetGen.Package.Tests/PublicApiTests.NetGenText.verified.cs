namespace NetGen.Text
{
    public sealed class BeamOptions : System.IEquatable<NetGen.Text.BeamOptions>
    {
        public BeamOptions() { }
        public double LengthPenalty { get; init; }
        public int MaximumTokens { get; init; }
        public System.Collections.Generic.IReadOnlyList<int> StopTokens { get; init; }
        public int Width { get; init; }
    }
    public sealed class BeamResult : System.IEquatable<NetGen.Text.BeamResult>
    {
        public BeamResult(int[] Tokens, double LogProbability, double Score, bool HasEnded) { }
        public bool HasEnded { get; init; }
        public double LogProbability { get; init; }
        public double Score { get; init; }
        public int[] Tokens { get; init; }
    }
    public static class Beams
    {
        public static System.Collections.Generic.IReadOnlyList<NetGen.Text.BeamResult> BeamSearch(this NetGen.Text.ITokenSession session, System.ReadOnlySpan<int> prompt, NetGen.Text.BeamOptions? options = null, System.Threading.CancellationToken cancellationToken = default) { }
    }
    public sealed class BytePairOptions : System.IEquatable<NetGen.Text.BytePairOptions>
    {
        public BytePairOptions() { }
        public int MinimumCount { get; init; }
        public System.Collections.Generic.IReadOnlyList<string> SpecialTokens { get; init; }
    }
    public sealed class BytePairTokenizer : NetGen.Text.ITokenizer
    {
        public System.Collections.Generic.IReadOnlyDictionary<string, int> SpecialTokens { get; }
        public int VocabularySize { get; }
        public System.ReadOnlySpan<byte> BytesOf(int token) { }
        public NetGen.Text.TokenDecoder CreateDecoder() { }
        public string Decode(System.ReadOnlySpan<int> tokens) { }
        public void Encode(System.ReadOnlySpan<char> text, System.Collections.Generic.List<int> tokens) { }
        public void Save(string folder) { }
        public override string ToString() { }
        public static NetGen.Text.BytePairTokenizer Load(string folder) { }
        public static NetGen.Text.BytePairTokenizer Train(System.Collections.Generic.IEnumerable<string> texts, int vocabularySize, NetGen.Text.BytePairOptions? options = null) { }
    }
    public sealed class ByteTokenizer : NetGen.Text.ITokenizer
    {
        public ByteTokenizer() { }
        public int VocabularySize { get; }
        public NetGen.Text.TokenDecoder CreateDecoder() { }
        public string Decode(System.ReadOnlySpan<int> tokens) { }
        public void Encode(System.ReadOnlySpan<char> text, System.Collections.Generic.List<int> tokens) { }
    }
    public sealed class CharacterTokenizer : NetGen.Text.ITokenizer
    {
        public CharacterTokenizer(string characters, System.Text.Rune? unknown = default) { }
        public System.ReadOnlySpan<System.Text.Rune> Characters { get; }
        public int this[System.Text.Rune character] { get; }
        public System.Text.Rune? Unknown { get; }
        public int VocabularySize { get; }
        public NetGen.Text.TokenDecoder CreateDecoder() { }
        public string Decode(System.ReadOnlySpan<int> tokens) { }
        public void Encode(System.ReadOnlySpan<char> text, System.Collections.Generic.List<int> tokens) { }
        public void Save(string path) { }
        public static NetGen.Text.CharacterTokenizer Load(string path) { }
        public static NetGen.Text.CharacterTokenizer Of(System.ReadOnlySpan<char> text, System.Text.Rune? unknown = default) { }
    }
    public static class Generation
    {
        public static System.Collections.Generic.IEnumerable<int> Generate(this NetGen.Text.ITokenSession session, System.ReadOnlyMemory<int> prompt, NetGen.Text.Sampler sampler, NetGen.Text.GenerationOptions? options = null) { }
        public static System.Collections.Generic.IAsyncEnumerable<int> GenerateAsync(this NetGen.Text.ITokenSession session, System.ReadOnlyMemory<int> prompt, NetGen.Text.Sampler sampler, NetGen.Text.GenerationOptions? options = null, System.Threading.CancellationToken cancellationToken = default) { }
        public static System.Collections.Generic.IEnumerable<string> GenerateText(this NetGen.Text.ITokenSession session, NetGen.Text.ITokenizer tokenizer, string prompt, NetGen.Text.Sampler sampler, NetGen.Text.GenerationOptions? options = null) { }
        public static System.Collections.Generic.IAsyncEnumerable<string> GenerateTextAsync(this NetGen.Text.ITokenSession session, NetGen.Text.ITokenizer tokenizer, string prompt, NetGen.Text.Sampler sampler, NetGen.Text.GenerationOptions? options = null, System.Threading.CancellationToken cancellationToken = default) { }
    }
    public sealed class GenerationOptions : System.IEquatable<NetGen.Text.GenerationOptions>
    {
        public GenerationOptions() { }
        public int MaximumTokens { get; init; }
        public System.Collections.Generic.IReadOnlyList<string> StopStrings { get; init; }
        public System.Collections.Generic.IReadOnlyList<int> StopTokens { get; init; }
    }
    public interface ITokenSequence
    {
        long Count { get; }
        void Read(long start, System.Span<int> tokens);
    }
    public interface ITokenSession : System.IDisposable
    {
        int Length { get; }
        int MaximumLength { get; }
        int VocabularySize { get; }
        void Append(System.ReadOnlySpan<int> tokens, System.Span<float> logits);
        NetGen.Text.ITokenSession Fork();
    }
    public interface ITokenizer
    {
        int VocabularySize { get; }
        NetGen.Text.TokenDecoder CreateDecoder();
        string Decode(System.ReadOnlySpan<int> tokens);
        void Encode(System.ReadOnlySpan<char> text, System.Collections.Generic.List<int> tokens);
    }
    public static class MaskedTokens
    {
        public static void Mask(System.ReadOnlySpan<int> tokens, System.Span<int> masked, System.Span<int> labels, NetGen.Text.MaskingOptions options, ulong seed, long round = 0) { }
        public static NetGen.Dataset Windows(System.ReadOnlySpan<int> tokens, int context, NetGen.Text.MaskingOptions options, ulong seed, long round = 0, string tokensName = "tokens", string labelsName = "labels") { }
    }
    public sealed class MaskingOptions : System.IEquatable<NetGen.Text.MaskingOptions>
    {
        public MaskingOptions() { }
        public int Ignored { get; init; }
        public required int MaskToken { get; init; }
        public double MaskedShare { get; init; }
        public System.Collections.Generic.IReadOnlyList<int> Never { get; init; }
        public double Probability { get; init; }
        public double RandomShare { get; init; }
        public required int VocabularySize { get; init; }
    }
    public sealed class NetworkSession : NetGen.Text.ITokenSession, System.IDisposable
    {
        public NetworkSession(NetGen.Session<int> session) { }
        public int Length { get; }
        public int MaximumLength { get; }
        public int VocabularySize { get; }
        public void Append(System.ReadOnlySpan<int> tokens, System.Span<float> logits) { }
        public void Dispose() { }
        public NetGen.Text.ITokenSession Fork() { }
    }
    public delegate void PredictWindow(System.ReadOnlySpan<int> tokens, System.Span<float> logits);
    public sealed class Sampler
    {
        public Sampler(int vocabularySize, NetGen.Text.SamplerOptions? options = null) { }
        public long Draws { get; set; }
        public int VocabularySize { get; }
        public int Next(System.ReadOnlySpan<float> logits, System.ReadOnlySpan<int> history = default) { }
        public void Probabilities(System.ReadOnlySpan<float> logits, System.ReadOnlySpan<int> history, System.Span<float> probabilities) { }
    }
    public sealed class SamplerOptions : System.IEquatable<NetGen.Text.SamplerOptions>
    {
        public SamplerOptions() { }
        public float MinP { get; init; }
        public float RepetitionPenalty { get; init; }
        public ulong Seed { get; init; }
        public float Temperature { get; init; }
        public int TopK { get; init; }
        public float TopP { get; init; }
        public static NetGen.Text.SamplerOptions Greedy { get; }
    }
    public sealed class TokenArray : NetGen.Text.ITokenSequence
    {
        public TokenArray(System.ReadOnlyMemory<int> tokens) { }
        public long Count { get; }
        public System.ReadOnlyMemory<int> Memory { get; }
        public void Read(long start, System.Span<int> tokens) { }
    }
    public abstract class TokenDecoder
    {
        protected TokenDecoder() { }
        public System.ReadOnlySpan<char> Append(int token) { }
        protected abstract void Decode(int token);
        protected abstract void End();
        public System.ReadOnlySpan<char> Flush() { }
        protected void Write(System.ReadOnlySpan<char> characters) { }
    }
    public static class TokenDocuments
    {
        public static int[] Pack(System.Collections.Generic.IReadOnlyCollection<int[]> documents, int end) { }
        public static NetGen.Dataset Pad(System.Collections.Generic.IReadOnlyList<int[]> documents, int context, int end, int? padding = default, int ignored = -100, string tokensName = "tokens", string nextName = "next") { }
        public static NetGen.Dataset Sequences(System.Collections.Generic.IReadOnlyList<int[]> documents, int end, string tokensName = "tokens", string nextName = "next") { }
        [return: System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "Train",
                "Validation"})]
        public static System.ValueTuple<T[], T[]> Split<T>(System.Collections.Generic.IReadOnlyList<T> documents, double validationFraction, ulong seed) { }
    }
    public sealed class TokenFile : NetGen.Text.ITokenSequence, System.IDisposable
    {
        public long Count { get; }
        public int VocabularySize { get; }
        public void Dispose() { }
        public void Read(long start, System.Span<int> tokens) { }
        public override string ToString() { }
        public static NetGen.Text.TokenFile Open(string path) { }
        public static void Write(string path, NetGen.Text.ITokenizer tokenizer, System.IO.TextReader text) { }
        public static void Write(string path, int vocabularySize, System.Action<NetGen.Text.TokenFileWriter> write) { }
    }
    public sealed class TokenFileWriter
    {
        public long Count { get; }
        public void Append(System.ReadOnlySpan<int> tokens) { }
        public void Append(int token) { }
        public void Append(NetGen.Text.ITokenizer tokenizer, System.IO.TextReader text) { }
    }
    public static class TokenSequences
    {
        public static NetGen.Text.ITokenSequence Slice(this NetGen.Text.ITokenSequence tokens, long start, long count) { }
        [return: System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "Train",
                "Validation"})]
        public static System.ValueTuple<NetGen.Text.ITokenSequence, NetGen.Text.ITokenSequence> Split(this NetGen.Text.ITokenSequence tokens, double validationFraction) { }
    }
    public sealed class TokenWindows
    {
        public TokenWindows(NetGen.Text.ITokenSequence tokens, int context) { }
        public TokenWindows(System.ReadOnlyMemory<int> tokens, int context) { }
        public int Context { get; }
        public long Count { get; }
        public NetGen.Dataset Consecutive(string tokensName = "tokens", string nextName = "next") { }
        public NetGen.Dataset Consecutive(long first, int count, string tokensName = "tokens", string nextName = "next") { }
        public void Draw(System.Random random, System.Span<int> tokens, System.Span<int> next) { }
        public NetGen.Dataset Sample(int count, ulong seed, string tokensName = "tokens", string nextName = "next") { }
    }
    public static class TokenizerExtensions
    {
        public static int[] Encode(this NetGen.Text.ITokenizer tokenizer, System.ReadOnlySpan<char> text) { }
    }
    public sealed class WindowSession : NetGen.Text.ITokenSession, System.IDisposable
    {
        public WindowSession(int context, int vocabularySize, NetGen.Text.PredictWindow predict) { }
        public int Length { get; }
        public int MaximumLength { get; }
        public int VocabularySize { get; }
        public void Append(System.ReadOnlySpan<int> tokens, System.Span<float> logits) { }
        public void Dispose() { }
        public NetGen.Text.ITokenSession Fork() { }
    }
    public sealed class WordOptions : System.IEquatable<NetGen.Text.WordOptions>
    {
        public WordOptions() { }
        public bool KeepPunctuation { get; init; }
        public bool LowerCase { get; init; }
        public int MaximumWords { get; init; }
        public int MinimumCount { get; init; }
        public string? Padding { get; init; }
        public string? Unknown { get; init; }
    }
    public sealed class WordTokenizer : NetGen.Text.ITokenizer
    {
        public int? Padding { get; }
        public int? Unknown { get; }
        public int VocabularySize { get; }
        public System.ReadOnlySpan<string> Words { get; }
        public NetGen.Text.TokenDecoder CreateDecoder() { }
        public string Decode(System.ReadOnlySpan<int> tokens) { }
        public void Encode(System.ReadOnlySpan<char> text, System.Collections.Generic.List<int> tokens) { }
        public void Save(string path) { }
        public static NetGen.Text.WordTokenizer Load(string path) { }
        public static NetGen.Text.WordTokenizer Of(System.Collections.Generic.IEnumerable<string> texts, NetGen.Text.WordOptions? options = null) { }
    }
}