namespace NetGen.Data;

/// <summary>What becomes of a column. A missing number takes the median's place, and a second number says that it was missing.</summary>
public enum ColumnUse
{
    /// <summary>Nothing: neither the network nor the type of the rows knows the column.</summary>
    Ignore,

    /// <summary>A number, as it is.</summary>
    AsIs,

    /// <summary>A number, with mean 0 and deviation 1. What becomes of columns of numbers unless something else is said.</summary>
    Standardize,

    /// <summary>A number, from 0 to 1 in the rows for training.</summary>
    MinMax,

    /// <summary>A number, less the median and by the distance of the quartiles: for few far outliers.</summary>
    Robust,

    /// <summary>The logarithm of 1 more, then standardized: for amounts from 0 on.</summary>
    Log1p,

    /// <summary>
    /// A category: a number for each of those in the file, 1 for that of the row; of the label the class. What becomes of columns of texts
    /// unless something else is said. Missing ones are a category of their own. Numbers must be whole.
    /// </summary>
    Category,

    /// <summary>
    /// Of a point in time the year, standardized, and month and day of the week as sines and cosines: five numbers. What becomes of columns
    /// of dates unless something else is said.
    /// </summary>
    Calendar,
}
