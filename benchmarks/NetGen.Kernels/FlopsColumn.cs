using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Kernels;

/// <summary>Billions of operations in a second, two for each of <see cref="ProductsAttribute"/>: to be held against what the processor can do at most.</summary>
internal sealed class FlopsColumn : IColumn
{
    public string Id => nameof(FlopsColumn);
    public string ColumnName => "GFLOP/s";
    public string Legend => "2 operations for each multiplication that the layers ask for, in billions a second";
    public bool AlwaysShow => true;
    public ColumnCategory Category => ColumnCategory.Custom;
    public int PriorityInCategory => 0;
    public bool IsNumeric => true;
    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, summary.Style);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        if (benchmarkCase.Descriptor.WorkloadMethod.GetCustomAttributes(typeof(ProductsAttribute), inherit: false) is not [ProductsAttribute products]
            || summary[benchmarkCase]?.ResultStatistics is not { } nanoseconds)
        {
            return "-";
        }

        var parameter = benchmarkCase.Parameters.Items.SingleOrDefault(item => item.Name == nameof(ProductsAttribute.Batch));
        int batch = parameter is null ? products.Batch : (int)parameter.Value;
        return (2 * products.PerSample * batch / nanoseconds.Median).ToString("F1", CultureInfo.InvariantCulture);
    }
}
