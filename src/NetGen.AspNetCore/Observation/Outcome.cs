namespace NetGen.AspNetCore.Observation;

/// <summary>How a request ended.</summary>
internal enum Outcome
{
    Answered,
    Invalid,
    Refused,
    Canceled,
    Failed,
}
