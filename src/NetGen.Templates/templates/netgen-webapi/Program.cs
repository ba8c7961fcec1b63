using NetGen.AspNetCore;

// Trains, tests and saves; a service that runs takes the new file within a second.
if (args is ["train"])
{
    Training.Run();
    return;
}

if (!File.Exists(Training.Weights))
    Training.Run();

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddNetwork<Digits>(Training.Weights);
builder.Services.AddHealthChecks().AddNetwork<Digits>();

var app = builder.Build();
app.MapNetwork<Digits>("/digits");     // GET /digits says what it takes; POST /digits predicts, POST /digits/batch for several
app.MapHealthChecks("/health");
app.Run();
