namespace NetGen.AspNetCore.Serving;

/// <summary>Samples that wait to be computed.</summary>
internal sealed class PendingRequest(Dataset samples)
    : TaskCompletionSource<Prediction>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public Dataset Samples => samples;

    public int Count => samples.Count;
}
