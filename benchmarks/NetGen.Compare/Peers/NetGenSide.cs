namespace Comparison;

/// <summary>The generated code.</summary>
internal sealed class NetGenSide(Subject subject, Pass pass) : Side
{
    public override string Setting => subject.Network.Device.Name;

    public override void Run()
    {
        if (pass == Pass.Step)
        {
            subject.Train();
        }
        else
        {
            subject.Forward();
        }
    }

    public override void Dispose() => subject.Dispose();
}
