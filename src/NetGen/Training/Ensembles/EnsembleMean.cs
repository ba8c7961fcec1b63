namespace NetGen;

/// <summary>Of what an ensemble takes the mean.</summary>
public enum EnsembleMean
{
    /// <summary>Of the outputs as they are: of numbers.</summary>
    Outputs,

    /// <summary>Of the probabilities of classes: the softmax of each sample's outputs. The result is probabilities.</summary>
    Softmax,

    /// <summary>Of the probabilities of yes: the sigmoid of each output. The result is probabilities.</summary>
    Sigmoid,
}
