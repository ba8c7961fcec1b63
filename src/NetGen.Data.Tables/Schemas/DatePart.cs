namespace NetGen.Data;

/// <summary>A number that a point in time has.</summary>
public enum DatePart
{
    /// <summary>The days since 1970-01-01, with the part of the day that has passed.</summary>
    Days,

    /// <summary>The year.</summary>
    Year,

    /// <summary>The month, from 1 to 12.</summary>
    Month,

    /// <summary>The day of the month, from 1.</summary>
    Day,

    /// <summary>The day of the year, from 1.</summary>
    DayOfYear,

    /// <summary>The day of the week, from 0 (Monday) to 6.</summary>
    DayOfWeek,

    /// <summary>The hour of the day, from 0 to 23.</summary>
    Hour,

    /// <summary>The minute of the hour, from 0 to 59.</summary>
    Minute,

    /// <summary>1 on Saturdays and Sundays, otherwise 0.</summary>
    Weekend,
}
