using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations.Loops;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>Scan: a cell of the user's, which is called once, with what stands for the states and x at any step.</summary>
internal sealed partial class Interpreter
{
    private object Scan(Dictionary<string, object?> arguments, CallSite site)
    {
        if (method is null)
            throw Error(Descriptors.OutsideLanguage, "Scan is called outside a method over tensors.", site.Syntax);
        var cell = arguments["cell"] as Callable
            ?? throw Error(Descriptors.NotConstant, "The cell of the Scan is null or unknown here.", site.Place("cell"));
        var initial = arguments["initial"] is TupleValue tuple
            ? tuple.Items.Select(item => AsTensorOperand(item, site.Place("initial"))).ToArray()
            : [AsTensorOperand(arguments["initial"], site.Place("initial"))];
        var x = AsTensorOperand(arguments["x"], site.Place("x"));
        try
        {
            var states = ScanFunction.Apply(method.Builder, "Scan", initial, x, arguments["reverse"] is true, (state, step) =>
            {
                CheckAdded(site.Syntax);
                var next = Invoke(cell, [.. state.Select(s => (object?)s), step], new CallSite(site.Place("cell")));
                CheckAdded(site.Place("cell"));
                return next is TupleValue several
                    ? [.. several.Items.Select(item => AsTensorOperand(item, site.Place("cell")))]
                    : [AsTensorOperand(next, site.Place("cell"))];
            });
            CheckAdded(site.Syntax);
            return states.Length == 1 ? states[0] : new TupleValue([.. states.Select(s => (object?)s)]);
        }
        catch (LanguageException e)
        {
            throw Error(e, site);
        }
        catch (OverflowException)
        {
            throw Overflow(site.Syntax);
        }
    }
}
