using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>Functions of a register of floats.</summary>
/// <remarks>
/// One text for all widths, made of exactly rounded operations only: a value has the same bits at every width and on
/// every machine. The error is stated in units in the last place (ulp) of the result, the maximum over all 2³² floats.
/// NaN gives NaN. The coefficients are minimax polynomials of the relative error (Remez), rounded to float.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VectorMath
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private const int ExponentBits = unchecked((int)0xFF800000);
    private const int SignBit = int.MinValue;

    /// <summary>The product of all lanes, one after the other.</summary>
    public static float Product<V>(V a)
        where V : struct, IVector<V>
    {
        Span<float> lanes = stackalloc float[V.Count];
        a.Store(ref lanes[0]);
        var product = 1f;
        foreach (var lane in lanes)
            product *= lane;
        return product;
    }

    /// <summary>eˣ. Error below 1.1 ulp.</summary>
    [MethodImpl(Inline)]
    public static V Exp<V>(V x) where V : struct, IVector<V>
    {
        // Below −104 the result is 0, above 88.73 infinite.
        var (fraction, n) = Reduce(V.Min(V.Max(x, V.Broadcast(-104f)), V.Broadcast(89f)));
        return V.Scale(V.Broadcast(1f) + ExpMinus1OfFraction(fraction), n);
    }

    /// <summary>eˣ − 1, accurate near 0. Error below 1.5 ulp.</summary>
    [MethodImpl(Inline)]
    public static V Expm1<V>(V x) where V : struct, IVector<V>
    {
        var (fraction, n) = Reduce(V.Min(V.Max(x, V.Broadcast(-30f)), V.Broadcast(89f)));
        // eˣ − 1 = 2ⁿ(e^r − 1) + 2ⁿ − 1; half of it, for 2ⁿ may be infinite where the result is not.
        var half = V.Scale(V.Broadcast(0.5f), n);
        var result = V.FmaExact(half, ExpMinus1OfFraction(fraction), half - V.Broadcast(0.5f));
        // Halving loses the last bit of denormals, and the subtraction the sign of −0.
        return V.Select(V.Greater(V.Abs(x), V.Broadcast(1e-30f)), result + result, x);
    }

    /// <summary>The natural logarithm; −∞ of 0, NaN of negative numbers. Error below 1 ulp.</summary>
    [MethodImpl(Inline)]
    public static V Log<V>(V x) where V : struct, IVector<V>
    {
        var denormal = V.Greater(V.Broadcast(1.17549435e-38f), x);
        var normal = V.Select(denormal, x * V.Broadcast(8388608f), x);
        // x = m · 2^e with ⅔ ≤ m < 4/3
        var exponent = V.And(V.SubtractInt(normal, V.Broadcast(0.6666667f)), V.BroadcastInt(ExponentBits));
        var m = V.SubtractInt(normal, exponent);
        var e = V.FmaExact(V.ConvertFromInt(exponent), V.Broadcast(1f / 8388608f), V.And(denormal, V.Broadcast(-23f)));
        var result = V.FmaExact(e, V.Broadcast(0.6931472f), Log1POfFraction(m - V.Broadcast(1f)));

        var infinity = V.Broadcast(float.PositiveInfinity);
        var ordinary = V.And(V.Greater(x, V.Zero), V.Greater(infinity, x));
        var special = V.Select(V.Equal(x, V.Zero), -infinity, V.Select(V.Greater(V.Zero, x), V.Broadcast(float.NaN), x));
        return V.Select(ordinary, result, special);
    }

    /// <summary>
    /// The quantile of the normal distribution, for p in (0, 1) of which 1 − p is exact. Error below 4.5 ulp over the odd multiples of
    /// 2⁻²⁴.
    /// </summary>
    /// <remarks>
    /// √2·erf⁻¹(2p − 1) by Giles, "Approximating the erfinv function" (2010): polynomials of −log(4p(1 − p)), one near the middle and one
    /// of its root for the tails.
    /// </remarks>
    [MethodImpl(Inline)]
    public static V NormalQuantile<V>(V p) where V : struct, IVector<V>
    {
        var q = V.Broadcast(1f) - p;
        var w = -Log(V.Broadcast(4f) * p * q);
        var t = w - V.Broadcast(2.5f);
        var middle = V.Broadcast(2.81022636e-08f);
        middle = V.FmaExact(middle, t, V.Broadcast(3.43273939e-07f));
        middle = V.FmaExact(middle, t, V.Broadcast(-3.5233877e-06f));
        middle = V.FmaExact(middle, t, V.Broadcast(-4.39150654e-06f));
        middle = V.FmaExact(middle, t, V.Broadcast(0.00021858087f));
        middle = V.FmaExact(middle, t, V.Broadcast(-0.00125372503f));
        middle = V.FmaExact(middle, t, V.Broadcast(-0.00417768164f));
        middle = V.FmaExact(middle, t, V.Broadcast(0.246640727f));
        middle = V.FmaExact(middle, t, V.Broadcast(1.50140941f));
        t = V.Sqrt(w) - V.Broadcast(3f);
        var tail = V.Broadcast(-0.000200214257f);
        tail = V.FmaExact(tail, t, V.Broadcast(0.000100950558f));
        tail = V.FmaExact(tail, t, V.Broadcast(0.00134934322f));
        tail = V.FmaExact(tail, t, V.Broadcast(-0.00367342844f));
        tail = V.FmaExact(tail, t, V.Broadcast(0.00573950773f));
        tail = V.FmaExact(tail, t, V.Broadcast(-0.0076224613f));
        tail = V.FmaExact(tail, t, V.Broadcast(0.00943887047f));
        tail = V.FmaExact(tail, t, V.Broadcast(1.00167406f));
        tail = V.FmaExact(tail, t, V.Broadcast(2.83297682f));
        return V.Select(V.Greater(V.Broadcast(5f), w), middle, tail) * ((p - q) * V.Broadcast(1.41421356f));
    }

    /// <summary>log(1 + x), accurate near 0; −∞ of −1, NaN below. Error below 1.6 ulp.</summary>
    [MethodImpl(Inline)]
    public static V Log1P<V>(V x) where V : struct, IVector<V>
    {
        // The result has the sign of x, also where it is −0.
        var result = V.Or(Log1POfOrdinary(x), V.And(x, V.BroadcastInt(SignBit)));

        var infinity = V.Broadcast(float.PositiveInfinity);
        var ordinary = V.And(V.Greater(x, V.Broadcast(-1f)), V.Greater(infinity, x));
        var special = V.Select(V.Equal(x, V.Broadcast(-1f)), -infinity, V.Select(V.Greater(V.Zero, x), V.Broadcast(float.NaN), x));
        return V.Select(ordinary, result, special);
    }

    /// <summary>The hyperbolic tangent. Error below 1.5 ulp.</summary>
    [MethodImpl(Inline)]
    public static V Tanh<V>(V x) where V : struct, IVector<V>
    {
        var a = V.Abs(x);
        var s = a * a;
        var p = V.FmaExact(V.Broadcast(-0.00627424242f), s, V.Broadcast(0.0210716818f));
        p = V.FmaExact(p, s, V.Broadcast(-0.0538523123f));
        p = V.FmaExact(p, s, V.Broadcast(0.13332586f));
        p = V.FmaExact(p, s, V.Broadcast(-0.333333164f));
        var small = V.FmaExact(a * s, p, a);
        // 1 − 2 / (e²ᵃ + 1), which is 1 from 9.02 on.
        var (fraction, n) = Reduce(V.Min(a + a, V.Broadcast(40f)));
        var power = V.Scale(V.Broadcast(1f) + ExpMinus1OfFraction(fraction), n);
        var large = V.Broadcast(1f) - (V.Broadcast(2f) / (power + V.Broadcast(1f)));
        return V.Or(V.Select(V.Greater(V.Broadcast(0.55f), a), small, large), V.And(x, V.BroadcastInt(SignBit)));
    }

    /// <summary>
    /// The sine of an angle in radians; NaN beyond ±2²². Error below 1.6 ulp for |x| ≤ 2¹⁷, and an absolute one below 10⁻⁵ up to 2²².
    /// </summary>
    [MethodImpl(Inline)]
    public static V Sin<V>(V x) where V : struct, IVector<V> => SineOfQuarters<V>(x, quarters: 0f);

    /// <summary>The cosine of an angle in radians; as <see cref="Sin"/>.</summary>
    [MethodImpl(Inline)]
    public static V Cos<V>(V x) where V : struct, IVector<V> => SineOfQuarters<V>(x, quarters: 1f);

    /// <summary>
    /// The angle of the vector (x, y) in radians, between −π and π, with the special values of C's <c>atan2</c>; error below 3 ulp. The
    /// quotient of the smaller number by the larger is brought below tan(π/8), where a polynomial of four terms is enough (Moshier,
    /// Cephes).
    /// </summary>
    [MethodImpl(Inline)]
    public static V Atan2<V>(V y, V x) where V : struct, IVector<V>
    {
        var (one, infinity) = (V.Broadcast(1f), V.Broadcast(float.PositiveInfinity));
        var (across, along) = (V.Abs(y), V.Abs(x));
        var isSteep = V.Greater(across, along);
        var (small, large) = (V.Select(isSteep, along, across), V.Select(isSteep, across, along));
        var quotient = small / large;
        // 0/0 is no angle but 0, and of ∞/∞ the angle is that of equal numbers.
        quotient = V.Select(V.Equal(large, V.Zero), V.Zero, V.Select(V.Equal(small, infinity), one, quotient));
        var isFar = V.Greater(quotient, V.Broadcast(0.41421357f));
        var t = V.Select(isFar, (quotient - one) / (quotient + one), quotient);
        var square = t * t;
        var sum = V.FmaExact(V.Broadcast(8.05374449538e-2f), square, V.Broadcast(-1.38776856032e-1f));
        sum = V.FmaExact(sum, square, V.Broadcast(1.99777106478e-1f));
        sum = V.FmaExact(sum, square, V.Broadcast(-3.33329491539e-1f));
        sum = V.FmaExact(sum * square, t, t);
        var angle = V.Select(isFar, V.Broadcast(0.7853982f) + sum, sum);
        angle = V.Select(isSteep, V.Broadcast(1.5707964f) - angle, angle);
        // Of −0 too: its sign is that of a quotient.
        var isBehind = V.Greater(V.Zero, V.Or(one, V.And(x, V.BroadcastInt(SignBit))));
        angle = V.Select(isBehind, V.Broadcast(3.1415927f) - angle, angle);
        var result = V.Or(angle, V.And(y, V.BroadcastInt(SignBit)));
        return V.Select(V.And(V.Equal(x, x), V.Equal(y, y)), result, x + y);
    }

    /// <summary>a / (a² + b²), by numbers divided by the larger: the squares of small ones would be 0, of large ones infinite.</summary>
    [MethodImpl(Inline)]
    public static V Atan2Derivative<V>(V a, V b) where V : struct, IVector<V>
    {
        var largest = V.Min(V.Max(V.Abs(a), V.Abs(b)), V.Broadcast(float.MaxValue));
        var part = a / largest;
        return part / V.Fma(part, a, b / largest * b);
    }

    /// <summary>sin(x + quarters·π/2)</summary>
    [MethodImpl(Inline)]
    private static V SineOfQuarters<V>(V x, float quarters) where V : struct, IVector<V>
    {
        // x = n·π/2 + r; π/2 in three parts, of which the first has so few bits that x − n·part is exact (Cody and Waite).
        var n = V.Round(x * V.Broadcast(0.63661975f));
        var r = V.FmaExact(n, V.Broadcast(-1.57079601f), x);
        r = V.FmaExact(n, V.Broadcast(-3.13916473e-07f), r);
        r = V.FmaExact(n, V.Broadcast(-5.39030253e-15f), r);
        // There the angle has hardly a digit left, and n is off by more than the polynomials reach: better none than a wrong one.
        r = V.Select(V.Greater(V.Abs(x), V.Broadcast(4194304f)), V.Broadcast(float.NaN), r);
        var square = r * r;
        var sine = V.FmaExact(V.Broadcast(2.86567956e-6f), square, V.Broadcast(-1.98559923e-4f));
        sine = V.FmaExact(sine, square, V.Broadcast(8.33338592e-3f));
        sine = V.FmaExact(sine, square, V.Broadcast(-1.66666672e-1f));
        sine = V.FmaExact(sine, r * square, r);
        var cosine = V.FmaExact(V.Broadcast(2.44677067e-5f), square, V.Broadcast(-1.38877297e-3f));
        cosine = V.FmaExact(cosine, square, V.Broadcast(4.16666567e-2f));
        cosine = V.FmaExact(cosine, square, V.Broadcast(-0.5f));
        cosine = V.FmaExact(cosine, square, V.Broadcast(1f));
        // Which quarter of a turn it is: 0 to 3.
        var turned = n + V.Broadcast(quarters);
        var quarter = turned - (V.Broadcast(4f) * V.Floor(turned * V.Broadcast(0.25f)));
        var isOdd = V.Or(V.Equal(quarter, V.Broadcast(1f)), V.Equal(quarter, V.Broadcast(3f)));
        var result = V.Select(isOdd, cosine, sine);
        return V.Select(V.GreaterOrEqual(quarter, V.Broadcast(2f)), -result, result);
    }

    /// <summary>1 / (1 + e⁻ˣ). Error below 2.5 ulp, also of the smallest results.</summary>
    [MethodImpl(Inline)]
    public static V Sigmoid<V>(V x) where V : struct, IVector<V>
    {
        // e to a power that is never positive: nothing overflows, and small results keep all their bits.
        var power = Exp(-V.Abs(x));
        return V.Select(V.GreaterOrEqual(x, V.Zero), V.Broadcast(1f), power) / (V.Broadcast(1f) + power);
    }

    /// <summary>log(1 + eˣ). Error below 2 ulp, also of the smallest results.</summary>
    [MethodImpl(Inline)]
    public static V Softplus<V>(V x) where V : struct, IVector<V> =>
        V.Max(x, V.Zero) + Log1POfOrdinary(Exp(-V.Abs(x)));

    /// <summary>The error function 2/√π ∫₀ˣ e^(−t²) dt. Error below 1.2 ulp.</summary>
    [MethodImpl(Inline)]
    public static V Erf<V>(V x) where V : struct, IVector<V>
    {
        var a = V.Min(V.Abs(x), V.Broadcast(4f));
        var s = a * a;
        var p = V.FmaExact(V.Broadcast(-0.000635912002f), s, V.Broadcast(0.0050582313f));
        p = V.FmaExact(p, s, V.Broadcast(-0.0268065594f));
        p = V.FmaExact(p, s, V.Broadcast(0.112828083f));
        p = V.FmaExact(p, s, V.Broadcast(-0.376125783f));
        p = V.FmaExact(p, s, V.Broadcast(0.128379166f));
        var small = V.FmaExact(p, a, a);
        // 1 − erf(a) is e to the power of a polynomial, after N. Juffa.
        var q = V.FmaExact(V.Broadcast(-7.72880048e-06f), a, V.Broadcast(0.000288437703f));
        q = V.FmaExact(q, a, V.Broadcast(-0.00350569631f));
        q = V.FmaExact(q, a, V.Broadcast(0.0234794077f));
        q = V.FmaExact(q, a, V.Broadcast(-0.105916724f));
        q = V.FmaExact(q, a, V.Broadcast(-0.635339916f));
        q = V.FmaExact(q, a, V.Broadcast(-0.128603324f));
        var (fraction, n) = Reduce(V.FmaExact(q, a, -a));
        var large = V.Broadcast(1f) - V.Scale(V.Broadcast(1f) + ExpMinus1OfFraction(fraction), n);
        return V.Or(V.Select(V.Greater(V.Broadcast(0.84f), a), small, large), V.And(x, V.BroadcastInt(SignBit)));
    }

    /// <summary>x·tanh(log(1 + eˣ)), without overflow. Error below 4 ulp, where eˣ is no denormal number.</summary>
    [MethodImpl(Inline)]
    public static V Mish<V>(V x) where V : struct, IVector<V>
    {
        // With e = eˣ: tanh(log(1 + e)) = q / (q + 2), q = e·(e + 2); from x = 20 on it is 1.
        var e = Exp(V.Min(x, V.Broadcast(20f)));
        var q = e * (e + V.Broadcast(2f));
        return x * (q / (q + V.Broadcast(2f)));
    }

    /// <summary>The derivative of <see cref="Mish"/>. Error below 4 ulp of 1 + |x|.</summary>
    [MethodImpl(Inline)]
    public static V MishDerivative<V>(V x) where V : struct, IVector<V>
    {
        // (q + 4·x·e·(1 + e) / (q + 2)) / (q + 2)
        x = V.Min(x, V.Broadcast(20f));
        var e = Exp(x);
        var q = e * (e + V.Broadcast(2f));
        var d = q + V.Broadcast(2f);
        return (q + (V.Broadcast(4f) * x * (e * (V.Broadcast(1f) + e) / d))) / d;
    }

    /// <summary>
    /// xʸ, with the special values of C's <c>pow</c>: 1 where y is 0 or x is 1, NaN of a negative number to a power that is no integer.
    /// Error below 2 ulp.
    /// </summary>
    [MethodImpl(Inline)]
    public static V Pow<V>(V x, V y) where V : struct, IVector<V>
    {
        var (one, half, infinity) = (V.Broadcast(1f), V.Broadcast(0.5f), V.Broadcast(float.PositiveInfinity));
        var a = V.Abs(x);
        var (high, low) = LogInTwoParts(a);
        // e^(y·(high + low)), of which the product's rounding error and the low part are small.
        var power = high * y;
        var rest = V.FmaExact(low, y, V.FmaExact(high, y, -power));
        var root = Exp(power);
        var isOrdinary = V.And(V.Greater(V.Broadcast(120f), V.Abs(power)), V.Greater(infinity, root));
        var result = V.Select(isOrdinary, V.FmaExact(root, rest, root), root);
        result = V.Select(V.Equal(a, one), one, result);

        var isInteger = V.Equal(V.Floor(y), y);
        var isOdd = V.And(isInteger, V.AndNot(V.Broadcast(-0f), V.Equal(V.Floor(y * half), y * half)));
        result = V.Or(result, V.And(V.And(x, V.BroadcastInt(SignBit)), isOdd));
        var isUndefined = V.AndNot(V.And(V.Greater(V.Zero, x), V.Greater(x, -infinity)), isInteger);
        var isNumber = V.And(V.Equal(x, x), V.Equal(y, y));
        result = V.Select(isUndefined, V.Broadcast(float.NaN), V.Select(isNumber, result, x + y));
        return V.Select(V.Or(V.Equal(y, V.Zero), V.Equal(x, one)), one, result);
    }

    /// <summary>log(cosh(x)), without overflow. Error below 6 ulp.</summary>
    [MethodImpl(Inline)]
    public static V LogCosh<V>(V x) where V : struct, IVector<V>
    {
        var a = V.Abs(x);
        // cosh a = 1 + u² / (2·(1 + u)) with u = eᵃ − 1: nothing cancels near 0.
        var u = Expm1(V.Min(a, V.Broadcast(10f)));
        var near = Log1P(u * u / (u + u + V.Broadcast(2f)));
        return V.Select(V.Greater(a, V.Broadcast(10f)), a - V.Broadcast(0.6931472f), near);
    }

    /// <summary>
    /// The derivative of (1 − e⁻ˣ)^γ·x by x, of x ≥ 0: u^γ·(1 + γ·e⁻ˣ·x/u) with u = 1 − e⁻ˣ, 0 where x is below 0 and γ above.
    /// </summary>
    [MethodImpl(Inline)]
    public static V FocalDerivative<V>(V x, V gamma) where V : struct, IVector<V>
    {
        var u = V.Max(-Expm1(-x), V.Zero);
        var ratio = V.Select(V.Greater(u, V.Zero), V.Min(x, V.Broadcast(100f)) / u, V.Broadcast(1f));
        return Pow(u, gamma) * (V.Broadcast(1f) + (gamma * Exp(-V.Max(x, V.Zero)) * ratio));
    }

    // log a of a ≥ 0 as a sum of two floats, after N. Juffa: 2·artanh((m − 1)/(m + 1)) + e·ln 2, a = m · 2^e with √½ ≤ m < √2.
    [MethodImpl(Inline)]
    private static (V High, V Low) LogInTwoParts<V>(V a) where V : struct, IVector<V>
    {
        var (one, two, infinity) = (V.Broadcast(1f), V.Broadcast(2f), V.Broadcast(float.PositiveInfinity));
        var denormal = V.Greater(V.Broadcast(1.17549435e-38f), a);
        var normal = V.Select(denormal, a * V.Broadcast(8388608f), a);
        var exponent = V.And(V.SubtractInt(normal, V.Broadcast(0.70710678f)), V.BroadcastInt(ExponentBits));
        var m = V.SubtractInt(normal, exponent);
        var e = V.FmaExact(V.ConvertFromInt(exponent), V.Broadcast(1f / 8388608f), V.And(denormal, V.Broadcast(-23f)));
        // q = (m − 1)/(m + 1) in two parts.
        var r = one / (m + one);
        m -= one;
        var q = r * m;
        var qLow = r * V.FmaExact(q, -m, V.FmaExact(q, V.Broadcast(-2f), m));
        // q² and q³, too, then the polynomial of artanh.
        var s = q * q;
        var p = V.FmaExact(V.Broadcast(0.1293334961f), s, V.Broadcast(0.1419928074f));
        p = V.FmaExact(p, s, V.Broadcast(0.2000148296f));
        p = V.FmaExact(p, s, V.Broadcast(0.3333332539f));
        var sLow = V.FmaExact(q, qLow + qLow, V.FmaExact(q, q, -s));
        var cube = s * q;
        var cubeLow = V.FmaExact(s, qLow, V.FmaExact(sLow, q, V.FmaExact(s, q, -cube)));
        var small = V.FmaExact(p, cube, V.FmaExact(p, cubeLow, qLow));
        var twice = q + q;
        var sum = V.FmaExact(V.Broadcast(0.6931472f), e, twice);
        var lost = twice - V.FmaExact(V.Broadcast(-0.6931472f), e, sum);
        var low = V.FmaExact(V.Broadcast(-1.90465430e-9f), e, V.FmaExact(two, small, lost));
        var high = sum + low;
        low = sum - high + low;
        var isFinite = V.And(V.Greater(a, V.Zero), V.Greater(infinity, a));
        return (V.Select(isFinite, high, V.Select(V.Equal(a, V.Zero), -infinity, a)), V.And(low, isFinite));
    }

    // x = n ln 2 + r with |r| ≤ ½ ln 2
    [MethodImpl(Inline)]
    private static (V Fraction, V N) Reduce<V>(V x) where V : struct, IVector<V>
    {
        // At 1.5 · 2²³ the spacing of floats is 1: adding it rounds to an integer.
        var shift = V.Broadcast(12582912f);
        var n = V.FmaExact(x, V.Broadcast(1.44269504f), shift) - shift;
        // ln 2 in two parts; the first has 9 bits, so its product with n is exact.
        var fraction = V.FmaExact(n, V.Broadcast(-0.693359375f), x);
        return (V.FmaExact(n, V.Broadcast(2.12194440e-4f), fraction), n);
    }

    // e^r − 1 for |r| ≤ ½ ln 2
    [MethodImpl(Inline)]
    private static V ExpMinus1OfFraction<V>(V r) where V : struct, IVector<V>
    {
        var p = V.FmaExact(V.Broadcast(0.00138146023f), r, V.Broadcast(0.00836871564f));
        p = V.FmaExact(p, r, V.Broadcast(0.041668389f));
        p = V.FmaExact(p, r, V.Broadcast(0.166665211f));
        p = V.FmaExact(p, r, V.Broadcast(0.49999994f));
        return V.FmaExact(p, r * r, r);
    }

    // log(1 + f) for |f| ≤ ⅓
    [MethodImpl(Inline)]
    private static V Log1POfFraction<V>(V f) where V : struct, IVector<V>
    {
        var p = V.FmaExact(V.Broadcast(-0.128918171f), f, V.Broadcast(0.139845729f));
        p = V.FmaExact(p, f, V.Broadcast(-0.12184234f));
        p = V.FmaExact(p, f, V.Broadcast(0.140058443f));
        p = V.FmaExact(p, f, V.Broadcast(-0.166804895f));
        p = V.FmaExact(p, f, V.Broadcast(0.200104073f));
        p = V.FmaExact(p, f, V.Broadcast(-0.249997973f));
        p = V.FmaExact(p, f, V.Broadcast(0.333332151f));
        p = V.FmaExact(p, f, V.Broadcast(-0.5f));
        return V.FmaExact(p, f * f, f);
    }

    // log(1 + x) for −1 < x < ∞, but for the sign of 0
    [MethodImpl(Inline)]
    private static V Log1POfOrdinary<V>(V x) where V : struct, IVector<V>
    {
        // 1 + x = m · 2^e with ⅔ ≤ m < 4/3; f = m − 1 = x · 2^−e + (2^−e − 1) keeps the bits that 1 + x loses.
        var exponent = V.And(V.SubtractInt(V.Broadcast(1f) + x, V.Broadcast(0.6666667f)), V.BroadcastInt(ExponentBits));
        var fourth = V.SubtractInt(V.Broadcast(4f), exponent); // 4 · 2^−e: 2^−e alone may be denormal
        var f = V.SubtractInt(x, exponent) + V.FmaExact(V.Broadcast(0.25f), fourth, V.Broadcast(-1f));
        var e = V.ConvertFromInt(exponent) * V.Broadcast(1f / 8388608f);
        return V.FmaExact(e, V.Broadcast(0.6931472f), Log1POfFraction(f));
    }
}
