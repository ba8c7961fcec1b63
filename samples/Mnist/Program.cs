System.Console.WriteLine("MNIST");
