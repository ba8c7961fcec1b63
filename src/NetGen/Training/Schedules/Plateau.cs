namespace NetGen;

/// <summary>Where a <see cref="ReduceOnPlateau"/> stands in a training.</summary>
internal sealed class Plateau
{
    /// <summary>What the learning rate is multiplied with now.</summary>
    internal double Factor { get; set; } = 1;

    /// <summary>The best value so far; null if none was finite.</summary>
    internal double? Best { get; set; }

    /// <summary>For how many epochs there was none better.</summary>
    internal int Waited { get; set; }

    /// <summary>How many epochs still do not count.</summary>
    internal int Cooldown { get; set; }

    /// <summary>An epoch is over.</summary>
    internal void Next(ReduceOnPlateau options, in Watch watch, EpochResult epoch)
    {
        double value = watch.Value(epoch);
        if (watch.IsBetter(value, Best))
        {
            (Best, Waited) = (value, 0);
            Cooldown = Math.Max(Cooldown - 1, 0);
            return;
        }

        if (Cooldown > 0)
        {
            Cooldown--;
            return;
        }

        Waited++;
        if (Waited < options.Patience)
            return;
        (Waited, Cooldown) = (0, options.Cooldown);
        Factor = Math.Max(Factor * options.Factor, options.MinFactor);
    }
}
