using System.Globalization;
using NetGen;
using NetGen.Data;
using NetGen.Terminal;

return DrawingSample.Run(args, "vae", "Learns to remember and to draw handwritten digits.", epochs: 10, Run);

static void Run(Mnist mnist, int epochs, string picture)
{
    using var vae = new DigitVae();
    Console.WriteLine(DigitVae.Summary());

    var fit = new FitOptions
    {
        Epochs = epochs,
        BatchSize = 128,
        Schedule = Schedule.Cosine(),
        Progress = ConsoleProgress.Create(),
    };
    if (epochs > 0)
        vae.Fit(Images(mnist.Train), fit, new Adam(2e-3f));
    var test = vae.Evaluate(Images(mnist.Test));
    Draw(vae, mnist.Test, picture);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Negative ELBO on the test images: {test.Loss:F1} nats. Picture: {picture}"));
    Console.WriteLine("To expect: at most 105 nats after 10 epochs of the 60,000 images.");
}

static Dataset Images(ImageSet set) => new(new DataColumn("image", set.Images, [28, 28, 1]));

// Above, images and what is remembered of them; below, walks from the code of one digit to that of another.
static void Draw(DigitVae vae, ImageSet test, string path)
{
    const int columns = 10;
    var grid = new PictureGrid(8, columns, 28);
    for (var i = 0; i < 2 * columns; i++)
    {
        grid.Draw(i / columns * 2, i % columns, test.Image(i), 0, 1);
        grid.Draw((i / columns * 2) + 1, i % columns, vae.Predict(test.Image(i)), 0, 1);
    }

    var (from, to, code, drawn) = (new float[DigitVae.Latent], new float[DigitVae.Latent], new float[DigitVae.Latent], new float[28 * 28]);
    var logVariance = new float[DigitVae.Latent];
    for (var walk = 0; walk < 4; walk++)
    {
        vae.Encode(test.Image(2 * walk), from, logVariance);
        vae.Encode(test.Image((2 * walk) + 1), to, logVariance);
        for (var step = 0; step < columns; step++)
        {
            for (var k = 0; k < code.Length; k++)
                code[k] = float.Lerp(from[k], to[k], step / (columns - 1f));
            vae.Decode(code, drawn);
            grid.Draw(4 + walk, step, drawn, 0, 1);
        }
    }

    grid.Save(path);
}
