namespace NetGen.Data;

/// <summary>What parts of a point in time are.</summary>
internal static class DateParts
{
    internal static double Of(DateTime time, DatePart part) => part switch
    {
        DatePart.Days => (time.Ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerDay,
        DatePart.Year => time.Year,
        DatePart.Month => time.Month,
        DatePart.Day => time.Day,
        DatePart.DayOfYear => time.DayOfYear,
        DatePart.DayOfWeek => DayOfWeek(time),
        DatePart.Hour => time.Hour,
        DatePart.Minute => time.Minute,
        DatePart.Weekend => DayOfWeek(time) >= 5 ? 1 : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    /// <summary>How far a part is on its way round, from 0 up to 1; null where it never comes back.</summary>
    internal static double? Turn(DateTime time, DatePart part) => part switch
    {
        DatePart.Month => (time.Month - 1) / 12.0,
        DatePart.Day => (time.Day - 1) / (double)DateTime.DaysInMonth(time.Year, time.Month),
        DatePart.DayOfYear => (time.DayOfYear - 1) / (DateTime.IsLeapYear(time.Year) ? 366.0 : 365.0),
        DatePart.DayOfWeek => DayOfWeek(time) / 7.0,
        DatePart.Hour => time.Hour / 24.0,
        DatePart.Minute => time.Minute / 60.0,
        _ => null,
    };

    private static int DayOfWeek(DateTime time) => ((int)time.DayOfWeek + 6) % 7;
}
