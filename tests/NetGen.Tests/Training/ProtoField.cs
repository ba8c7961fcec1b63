using System.Buffers.Binary;
using System.Text;

namespace NetGen.Tests.Training;

/// <summary>A field of Protocol Buffers' wire format.</summary>
internal sealed record ProtoField(int Id, long Number, byte[] Data)
{
    public string Text => Encoding.UTF8.GetString(Data);

    public double Double => BitConverter.Int64BitsToDouble(Number);

    public static List<ProtoField> All(ReadOnlySpan<byte> bytes)
    {
        List<ProtoField> fields = [];
        while (!bytes.IsEmpty)
        {
            int key = (int)Varint(ref bytes);
            switch (key & 7)
            {
                case 0: fields.Add(new(key >> 3, Varint(ref bytes), [])); break;
                case 1:
                    fields.Add(new(key >> 3, BinaryPrimitives.ReadInt64LittleEndian(bytes), []));
                    bytes = bytes[8..];
                    break;
                case 2:
                    int length = (int)Varint(ref bytes);
                    fields.Add(new(key >> 3, 0, bytes[..length].ToArray()));
                    bytes = bytes[length..];
                    break;
                default:
                    fields.Add(new(key >> 3, BinaryPrimitives.ReadInt32LittleEndian(bytes), []));
                    bytes = bytes[4..];
                    break;
            }
        }

        return fields;
    }

    public List<ProtoField> Parts() => All(Data);

    public ProtoField Part(int id) => Parts().Single(field => field.Id == id);

    public double[] Doubles()
    {
        double[] values = new double[Data.Length / 8];
        Buffer.BlockCopy(Data, 0, values, 0, Data.Length);
        return values;
    }

    private static long Varint(ref ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte one = bytes[0];
            bytes = bytes[1..];
            value |= (long)(one & 0x7F) << shift;
            if (one < 0x80)
                return value;
        }
    }
}
