namespace NetGen.Generator.Tests.Networks;

/// <summary>A network of the literature.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Source">As a user writes it.</param>
/// <param name="Weights">The trained numbers that were published.</param>
/// <param name="State">The numbers of running statistics: mean and variance of each channel, and a counter for each layer.</param>
internal sealed record Literature(string Name, string Source, int Weights, int State = 0)
{
    public static readonly IReadOnlyList<Literature> All =
    [
        new("LeNet-5", ClassicNetworks.LeNet5, 60_000),
        new("AlexNet", ClassicNetworks.AlexNet, 61_100_840),
        new("VGG-16", ClassicNetworks.Vgg16, 138_357_544),
        new("ResNet-18", ImageNetworks.ResNet18, 11_689_512, 9_600 + 20),
        new("ResNet-20", ImageNetworks.ResNet20(projects: false), 269_722, 1_376 + 19),
        new("ResNet-20 with projections", ImageNetworks.ResNet20(projects: true), 272_474, 1_568 + 21),
        new("ResNet-50", ImageNetworks.ResNet50, 25_557_032, 53_120 + 53),
        new("MobileNetV2", ImageNetworks.MobileNetV2, 3_504_872, 34_112 + 52),
        new("Inception-v1", InceptionNetworks.V1, 6_624_904, 14_560 + 57),
        new("Inception-v3", InceptionNetworks.V3, 23_834_568, 34_432 + 94),
        new("DenseNet-121", DenseNetworks.DenseNet121, 7_978_856, 83_648 + 121),
        new("U-Net", DenseNetworks.UNet(width: 64, size: 572), 31_030_658),
        // Generator and discriminator.
        new("DCGAN", OtherNetworks.Dcgan, 3_576_704 + 2_765_568, 3_712 + 7),
        new("VAE", OtherNetworks.Vae, 652_824),
        new("NeuMF", OtherNetworks.NeuMf(users: 138_493, items: 26_744), 31_832_577),
        new("DQN", OtherNetworks.Dqn, 1_686_180),
        new("LSTM language model", SequenceNetworks.LstmLanguageModel(), 66_022_000 + (2 * 6_000)),
        new("Transformer base", SequenceNetworks.Transformer(), 44_138_496 + (37_000 * 512)),
        new("BERT base", SequenceNetworks.Bert(), 109_482_240 + 1_538),
        new("GPT-2", SequenceNetworks.Gpt2(), 124_439_808),
        new("ViT-B/16", SequenceNetworks.Vit(), 86_567_656),
        new("Llama 3.2 1B, a block", SequenceNetworks.LlamaBlock(), (1_235_814_400 - (128_256 * 2_048) - 2_048) / 16),
    ];

    public override string ToString() => Name;
}
