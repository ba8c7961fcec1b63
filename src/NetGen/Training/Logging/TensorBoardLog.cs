using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using static System.FormattableString;

namespace NetGen;

/// <summary>Writes the numbers of each epoch for TensorBoard: <c>tensorboard --logdir runs</c> shows the folders below as runs.</summary>
/// <remarks>
/// Each training has a file of its own in the folder. The step of a number is its epoch. A training that goes on from a checkpoint says so in its
/// file, and TensorBoard
/// leaves out what the interrupted one wrote after it.
/// </remarks>
/// <param name="folder">The folder of the run; it is made if it is not there.</param>
public sealed class TensorBoardLog(string folder) : EpochLog(folder)
{
    private protected override string PathOf(string given)
    {
        Directory.CreateDirectory(given);
        long time = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        for (int number = 0; ; number++)
        {
            // TensorBoard knows its files by the middle of their names, and reads them in their order.
            string path = Path.Combine(given, Invariant($"events.out.tfevents.{time:D10}.netgen.{Environment.ProcessId}.{number}"));
            if (!File.Exists(path))
                return path;
        }
    }

    private protected override void Begin(Stream stream, FitContext fit)
    {
        WriteEvent(stream, 0, [.. Bytes(3, "brain.Event:2"u8)]);
        // SessionLog { status: START }: what was written for this epoch and later ones is of the interrupted training.
        if (fit.Epochs.Count > 0)
            WriteEvent(stream, fit.Epochs.Count + 1, [.. Bytes(7, [.. Varint(1 << 3), .. Varint(1)])]);
    }

    private protected override void Write(Stream stream, EpochResult result, float learningRate)
    {
        List<byte> summary = [];
        foreach ((string name, double value) in EpochNumbers.Of(result, learningRate))
        {
            if (double.IsNaN(value) && name == "learning_rate")
                continue;
            byte[] number = new byte[sizeof(float)];
            BinaryPrimitives.WriteSingleLittleEndian(number, (float)value);
            // Summary { value { tag, simple_value } }.
            summary.AddRange(Bytes(1, [.. Bytes(1, Encoding.UTF8.GetBytes(name)), .. Varint((2 << 3) | 5), .. number]));
        }

        WriteEvent(stream, result.Epoch, [.. Bytes(5, [.. summary])]);
    }

    /// <summary>An Event { wall_time, step, … } as a record: its length, a checksum of that, the event, a checksum of it.</summary>
    private static void WriteEvent(Stream stream, long step, byte[] what)
    {
        byte[] time = new byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(time, (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds);
        byte[] data = [.. Varint((1 << 3) | 1), .. time, .. step == 0 ? [] : (byte[])[.. Varint(2 << 3), .. Varint((ulong)step)], .. what];
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)data.Length);
        stream.Write(length);
        WriteChecksum(stream, length);
        stream.Write(data);
        WriteChecksum(stream, data);
    }

    /// <summary>CRC-32C, turned and moved: a checksum of data that have checksums in them would be weak.</summary>
    private static void WriteChecksum(Stream stream, ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in data)
            crc = BitOperations.Crc32C(crc, one);
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, BitOperations.RotateRight(~crc, 15) + 0xA282EAD8);
        stream.Write(bytes);
    }

    /// <summary>A field of bytes in Protocol Buffers' format.</summary>
    private static IEnumerable<byte> Bytes(int field, ReadOnlySpan<byte> value) => [.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)value.Length), .. value];

    private static byte[] Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value > 0x7F; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
