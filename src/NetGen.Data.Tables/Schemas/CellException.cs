namespace NetGen.Data;

/// <summary>A value that a schema cannot encode; who knows its row adds that.</summary>
/// <param name="message">What follows the name of the column.</param>
internal sealed class CellException(string message) : Exception(message)
{
    internal InvalidDataException At(string? place, string column) => new($"{(place is null ? "" : place + ": ")}'{column}' {Message}");
}
