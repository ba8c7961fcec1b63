namespace NetGen.Terminal
{
    public sealed class ConsoleProgress : System.IProgress<NetGen.FitProgress>
    {
        public void Report(NetGen.FitProgress value) { }
        public static System.IProgress<NetGen.FitProgress> Create(Spectre.Console.IAnsiConsole? console = null) { }
    }
}