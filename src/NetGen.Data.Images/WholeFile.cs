namespace NetGen.Data;

/// <summary>
/// The bytes of a file, to a decoder that takes zeros for what is behind the end: of a file that was cut it would make the rest of the
/// picture gray, and in a cut head it looks for the next marker for ever.
/// </summary>
internal sealed class WholeFile(byte[] bytes) : MemoryStream(bytes, writable: false)
{
    /// <exception cref="InvalidDataException">There is no byte more.</exception>
    public override int ReadByte() => Position < Length ? base.ReadByte() : throw TooShort();

    /// <exception cref="InvalidDataException">There are not so many bytes.</exception>
    public override int Read(byte[] buffer, int offset, int count) => Length - Position >= count ? base.Read(buffer, offset, count) : throw TooShort();

    private static InvalidDataException TooShort() => new("the file ends too early");
}
