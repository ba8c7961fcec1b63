namespace NetGen.Text
{
    public static class MicrosoftTokenizers
    {
        public static NetGen.Text.ITokenizer AsTokenizer(this Microsoft.ML.Tokenizers.Tokenizer tokenizer, int? vocabularySize = default) { }
    }
}