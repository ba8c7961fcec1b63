namespace NetGen.Data
{
    public static class DataFrames
    {
        public static NetGen.Data.Table TableOf(Microsoft.Data.Analysis.DataFrame frame) { }
        public static Microsoft.Data.Analysis.DataFrame ToDataFrame(this NetGen.Data.Table table) { }
    }
}