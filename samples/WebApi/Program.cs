using WebApi;

switch (args)
{
    case ["load", .. var rest]:
        return await Load.RunAsync(rest);
    case ["soak", .. var rest]:
        return await Soak.RunAsync(rest);
}

// samples/Mnist trains a better one on all images: --save digits.safetensors.
var builder = WebApplication.CreateSlimBuilder(args);
var weights = builder.Configuration["weights"] ?? "digits.safetensors";
if (!File.Exists(weights))
    Weights.Train(weights, seed: 1);
Service.Build(builder, weights).Run();
return 0;
