namespace NetGen;

/// <summary>The callbacks of a training: who begins first ends last.</summary>
internal sealed class CallbackList
{
    private readonly FitCallback[] all;
    private readonly StepCallback[] ofSteps;
    private int begun;

    internal CallbackList(IReadOnlyList<FitCallback> callbacks)
    {
        all = [.. callbacks];
        ofSteps = [.. all.OfType<StepCallback>()];
    }

    /// <summary>Whether somebody wants to see each step.</summary>
    internal bool SeesSteps => ofSteps.Length > 0;

    internal void Begin(FitContext fit)
    {
        foreach (FitCallback callback in all)
        {
            begun++;
            callback.OnBegin(fit);
        }
    }

    internal void EpochBegin(FitContext fit)
    {
        foreach (FitCallback callback in all)
            callback.OnEpochBegin(fit);
    }

    internal void StepBegin(FitContext fit)
    {
        foreach (StepCallback callback in ofSteps)
            callback.OnStepBegin(fit);
    }

    internal void StepEnd(FitContext fit)
    {
        for (int i = ofSteps.Length - 1; i >= 0; i--)
            ofSteps[i].OnStepEnd(fit);
    }

    internal void ValidationBegin(FitContext fit)
    {
        foreach (FitCallback callback in all)
            callback.OnValidationBegin(fit);
    }

    internal void ValidationEnd(FitContext fit)
    {
        for (int i = all.Length - 1; i >= 0; i--)
            all[i].OnValidationEnd(fit);
    }

    internal void EpochEnd(FitContext fit)
    {
        for (int i = all.Length - 1; i >= 0; i--)
            all[i].OnEpochEnd(fit);
    }

    internal void End(FitContext fit, History history)
    {
        for (int i = all.Length - 1; i >= 0; i--)
            all[i].OnEnd(fit, history);
    }

    /// <exception cref="AggregateException">A callback threw too.</exception>
    internal void Exception(FitContext fit, Exception exception)
    {
        List<Exception> further = [];
        for (int i = begun - 1; i >= 0; i--)
        {
            try
            {
                all[i].OnException(fit, exception);
            }
            catch (Exception another)
            {
                further.Add(another);
            }
        }

        if (further.Count > 0)
            throw new AggregateException([exception, .. further]);
    }
}
