using static System.FormattableString;

namespace NetGen;

/// <summary>
/// How the learning rate changes in a training: a factor of the optimizer's own rate, by the time t = 0, 1, … of T. So <c>new
/// Adam(1e-3f)</c> says what the rate is at its highest, and the schedule what becomes of it.
/// </summary>
/// <remarks>
/// Each is a function of t and T alone, so that a training that is resumed goes on as it would have. <see cref="NetGen.ReduceOnPlateau"/>,
/// which depends on what was learned, is an option of its own and multiplies.
/// </remarks>
/// <example>
/// <code>
/// network.Fit(train, new FitOptions { Epochs = 50, Schedule = Schedule.Cosine().WithWarmUp(500) }, new Adam(1e-3f));
/// </code>
/// </example>
public sealed class Schedule
{
    private readonly Func<long, long, double> factor;
    private readonly string text;

    private Schedule(ScheduleUnit unit, string text, Func<long, long, double> factor)
    {
        if (!Enum.IsDefined(unit))
            throw OutOfRange.Of(nameof(unit), unit, Invariant($"There is no unit {(int)unit}."));
        (Unit, this.text, this.factor) = (unit, text, factor);
    }

    /// <summary>Whether t and T count steps or epochs.</summary>
    public ScheduleUnit Unit { get; }

    /// <summary>The optimizer's own rate all the time: 1.</summary>
    public static Schedule Constant { get; } = new(ScheduleUnit.Step, "constant", static (_, _) => 1);

    /// <summary>Any function of t = 0, 1, … and T.</summary>
    /// <param name="factor">Gives a finite factor of at least 0.</param>
    /// <param name="unit">What t counts.</param>
    public static Schedule Of(Func<long, long, double> factor, ScheduleUnit unit = ScheduleUnit.Step)
    {
        ArgumentNullException.ThrowIfNull(factor);
        return new(unit, "a function", factor);
    }

    /// <summary>γ^⌊t / every⌋: falls at once, again and again (<c>StepLR</c>).</summary>
    /// <param name="every">After how many units.</param>
    /// <param name="factor">γ, above 0.</param>
    /// <param name="unit">What t counts.</param>
    public static Schedule Steps(int every, double factor = 0.1, ScheduleUnit unit = ScheduleUnit.Epoch)
    {
        OutOfRange.ThrowIfLess(every, 1);
        Positive(factor, nameof(factor));
        return new(unit, Invariant($"times {factor} every {every}"), (t, _) => Math.Pow(factor, t / every));
    }

    /// <summary>γ to the power of how many of the times have come (<c>MultiStepLR</c>).</summary>
    /// <param name="times">When it falls, rising.</param>
    /// <param name="factor">γ, above 0.</param>
    /// <param name="unit">What t counts.</param>
    public static Schedule StepsAt(ReadOnlySpan<int> times, double factor = 0.1, ScheduleUnit unit = ScheduleUnit.Epoch)
    {
        Positive(factor, nameof(factor));
        int[] at = times.ToArray();
        for (int i = 0; i < at.Length; i++)
        {
            if (at[i] <= (i == 0 ? 0 : at[i - 1]))
                throw new ArgumentException(Invariant($"The times must rise from above 0; number {i} is {at[i]}."), nameof(times));
        }

        return new(unit, Invariant($"times {factor} at {string.Join(", ", at.Select(time => Invariant($"{time}")))}"), (t, _) =>
        {
            int come = 0;
            while (come < at.Length && t >= at[come])
                come++;
            return Math.Pow(factor, come);
        });
    }

    /// <summary>γᵗ (<c>ExponentialLR</c>).</summary>
    /// <param name="factor">γ, above 0.</param>
    /// <param name="unit">What t counts.</param>
    public static Schedule Exponential(double factor, ScheduleUnit unit = ScheduleUnit.Epoch)
    {
        Positive(factor, nameof(factor));
        return new(unit, Invariant($"{factor} to the power of t"), (t, _) => Math.Pow(factor, t));
    }

    /// <summary>end + (1 − end)·(1 − t/T)^power: with power 1 a straight line (<c>PolynomialLR</c>).</summary>
    /// <param name="power">Above 0.</param>
    /// <param name="end">What it would be at T, from 0 to 1.</param>
    /// <param name="unit">What t counts.</param>
    public static Schedule Polynomial(double power = 1, double end = 0, ScheduleUnit unit = ScheduleUnit.Step)
    {
        Positive(power, nameof(power));
        Share(end, nameof(end));
        return new(unit, Invariant($"polynomial of power {power} to {end}"), (t, of) => end + (1 - end) * Math.Pow(1 - (double)t / of, power));
    }

    /// <summary>end + (1 − end)·(1 + cos πt/T)/2 (<c>CosineAnnealingLR</c>).</summary>
    /// <param name="end">What it would be at T, from 0 to 1.</param>
    /// <param name="unit">What t counts.</param>
    public static Schedule Cosine(double end = 0, ScheduleUnit unit = ScheduleUnit.Step)
    {
        Share(end, nameof(end));
        return new(unit, Invariant($"cosine to {end}"), (t, of) => Half(end, (double)t / of));
    }

    /// <summary>Half a cosine, again and again from the top (<c>CosineAnnealingWarmRestarts</c>; Loshchilov and Hutter 2017).</summary>
    /// <param name="first">How long the first one is.</param>
    /// <param name="growth">How many times as long each is as the one before it, at least 1.</param>
    /// <param name="end">What it would be at the end of each, from 0 to 1.</param>
    /// <param name="unit">What t counts.</param>
    public static Schedule CosineRestarts(int first, int growth = 1, double end = 0, ScheduleUnit unit = ScheduleUnit.Epoch)
    {
        OutOfRange.ThrowIfLess(first, 1);
        OutOfRange.ThrowIfLess(growth, 1);
        Share(end, nameof(end));
        return new(unit, Invariant($"cosine to {end} over {first}, each next {growth} times as long"), (t, _) =>
        {
            long length = first;
            if (growth == 1)
                t %= length;
            while (t >= length)
            {
                t -= length;
                length *= growth;
            }

            return Half(end, (double)t / length);
        });
    }

    /// <summary>
    /// Up from <paramref name="start"/> to 1 and down to <paramref name="end"/>, both as half a cosine (<c>OneCycleLR</c>; Smith and Topin
    /// 2018).
    /// </summary>
    /// <param name="rise">The share of T in which it rises, above 0 and below 1.</param>
    /// <param name="start">Its first value, from 0 to 1.</param>
    /// <param name="end">Its last value, from 0 to 1.</param>
    /// <param name="unit">What t counts.</param>
    public static Schedule OneCycle(double rise = 0.3, double start = 1 / 25d, double end = 1 / 25e4, ScheduleUnit unit = ScheduleUnit.Step)
    {
        if (!(rise > 0 && rise < 1))
            throw OutOfRange.Of(nameof(rise), rise, Invariant($"The share of the rise is {rise}; expected a number above 0 and below 1."));
        Share(start, nameof(start));
        Share(end, nameof(end));
        return new(unit, Invariant($"one cycle from {start} to {end}, {rise} of it up"), (t, of) =>
        {
            // The top is at rise·T − 1, which need not be a whole number, and the end at T − 1, as PyTorch counts.
            double top = rise * of - 1;
            return t <= top
                ? Half(start, 1 - (top <= 0 ? 1 : t / top))
                : Half(end, (t - top) / (of - 1 - top));
        });
    }

    /// <summary>
    /// A straight line from <paramref name="start"/> to 1 before the schedule begins, which then has T − <paramref name="length"/>.
    /// </summary>
    /// <param name="length">How many units of the schedule it takes.</param>
    /// <param name="start">Its first value, from 0 to 1.</param>
    public Schedule WithWarmUp(int length, double start = 0.01)
    {
        OutOfRange.ThrowIfLess(length, 1);
        Share(start, nameof(start));
        return new(
            Unit, Invariant($"{text}, after a warm-up of {length} from {start}"),
            (t, of) => t < length ? start + (1 - start) * t / length : factor(t - length, Math.Max(of - length, 1)));
    }

    /// <summary>The factor at a step of a training.</summary>
    /// <param name="step">The step: 0, 1, …</param>
    /// <param name="stepsPerEpoch">How many steps an epoch has.</param>
    /// <param name="epochs">How many epochs there are.</param>
    /// <exception cref="InvalidOperationException">The function of <see cref="Of"/> gave a number below 0, NaN or infinite.</exception>
    public double Factor(long step, int stepsPerEpoch, int epochs)
    {
        double value = Unit == ScheduleUnit.Step ? factor(step, (long)stepsPerEpoch * epochs) : factor(step / stepsPerEpoch, epochs);
        return value >= 0 && double.IsFinite(value)
            ? value
            : throw new InvalidOperationException(Invariant($"The schedule ({this}) gives the factor {value} at step {step}; expected a finite number of at least 0."));
    }

    /// <summary>For example <c>cosine to 0, after a warm-up of 100 from 0.01, by step</c>.</summary>
    public override string ToString() => $"{text}, by {(Unit == ScheduleUnit.Step ? "step" : "epoch")}";

    /// <summary>From 1 down to <paramref name="end"/> while <paramref name="share"/> goes from 0 to 1.</summary>
    private static double Half(double end, double share) => end + (1 - end) * (1 + Math.Cos(Math.PI * share)) / 2;

    private static void Positive(double value, string name)
    {
        if (!(value > 0 && double.IsFinite(value)))
            throw OutOfRange.Of(name, value, Invariant($"{name} is {value}; expected a finite number above 0."));
    }

    private static void Share(double value, string name)
    {
        if (!(value >= 0 && value <= 1))
            throw OutOfRange.Of(name, value, Invariant($"{name} is {value}; expected a number from 0 to 1."));
    }
}
