using NetGen.Reinforcement;

/// <summary>
/// A pole on a cart that is pushed left or right and must not fall (Barto, Sutton and Anderson 1983; Gymnasium's CartPole-v1). A step is
/// 20 ms and worth 1; the task is over when the pole leans by 12° or the cart is 2.4 m from the middle.
/// </summary>
public sealed class CartPole : IEnvironment
{
    public const int Observed = 4, Pushes = 2, StepLimit = 500;

    private const double
        Gravity = 9.8, CartMass = 1, PoleMass = 0.1, HalfLength = 0.5, Force = 10, Time = 0.02, Border = 2.4, Falls = 12 * Math.PI / 180;

    private double place, speed, angle, turn;

    public int ObservationLength => Observed;

    public int ActionCount => Pushes;

    public void Reset(ulong seed, Span<float> observation)
    {
        var random = new Random((int)(seed ^ (seed >> 32)));
        (place, speed, angle, turn) = (Small(), Small(), Small(), Small());
        Observe(observation);

        double Small() => (0.1 * random.NextDouble()) - 0.05;
    }

    public (float Reward, EpisodeEnd End) Step(int action, Span<float> observation)
    {
        var (sin, cos) = Math.SinCos(angle);
        var push = ((action == 1 ? Force : -Force) + (PoleMass * HalfLength * turn * turn * sin)) / (CartMass + PoleMass);
        var turned = ((Gravity * sin) - (cos * push)) / (HalfLength * ((4.0 / 3) - (PoleMass * cos * cos / (CartMass + PoleMass))));
        var pushed = push - (PoleMass * HalfLength * turned * cos / (CartMass + PoleMass));
        (place, speed) = (place + (Time * speed), speed + (Time * pushed));
        (angle, turn) = (angle + (Time * turn), turn + (Time * turned));
        Observe(observation);
        return (1, Math.Abs(place) > Border || Math.Abs(angle) > Falls ? EpisodeEnd.Terminal : EpisodeEnd.None);
    }

    private void Observe(Span<float> observation)
    {
        observation[0] = (float)place;
        observation[1] = (float)speed;
        observation[2] = (float)angle;
        observation[3] = (float)turn;
    }
}
