using NetGen.AspNetCore;
using WebApi;

if (args is ["load", .. var rest])
    return await Load.RunAsync(rest);

// samples/Mnist trains a better one on all images: --save digits.safetensors.
var builder = WebApplication.CreateSlimBuilder(args);
var weights = builder.Configuration["weights"] ?? "digits.safetensors";
if (!File.Exists(weights))
    Weights.Train(weights, seed: 1);

builder.Services.AddNetwork<MnistCnn>(weights);
builder.Services.AddHealthChecks().AddNetwork<MnistCnn>();

var app = builder.Build();
app.MapNetwork<MnistCnn>("/digits");
app.MapHealthChecks("/health");
app.Run();
return 0;
