using NetGen.Data;

return Options.Run(args, options =>
{
    Mnist mnist = Mnist.Load(new MnistOptions { Directory = options.Data, Download = !options.Offline, Notice = Console.WriteLine });
    Console.WriteLine(mnist.Source);
});
