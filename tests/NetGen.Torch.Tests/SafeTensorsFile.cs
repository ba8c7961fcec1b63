using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace AgainstTorch;

/// <summary>Weight files as Python's safetensors package writes and reads them; nothing of NetGen is used.</summary>
internal static class SafeTensorsFile
{
    /// <summary>safetensors.torch.save_file(module.state_dict(), path): the metadata are {"format": "pt"}.</summary>
    public static void Save(IEnumerable<(string Name, Tensor Value)> state, string path)
    {
        var header = new Dictionary<string, object> { ["__metadata__"] = new Dictionary<string, string> { ["format"] = "pt" } };
        var values = new List<float>();
        foreach (var (name, value) in state)
        {
            var begin = 4 * values.Count;
            values.AddRange(value.detach().contiguous().data<float>().ToArray());
            header.Add(name, new { dtype = "F32", value.shape, data_offsets = new[] { begin, 4 * values.Count } });
        }
        var text = JsonSerializer.SerializeToUtf8Bytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        File.WriteAllBytes(path, [.. length, .. text, .. MemoryMarshal.AsBytes(values.ToArray().AsSpan())]);
    }

    /// <summary>safetensors.torch.load_file(path)</summary>
    public static Dictionary<string, Tensor> Load(Stream file)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, start - 8));
        return header.RootElement.EnumerateObject().Where(p => p.Name != "__metadata__").ToDictionary(p => p.Name, p =>
        {
            var offsets = p.Value.GetProperty("data_offsets");
            var values = bytes.AsSpan(start)[offsets[0].GetInt32()..offsets[1].GetInt32()];
            var all = p.Value.GetProperty("dtype").GetString() == "I64"
                ? tensor(MemoryMarshal.Cast<byte, long>(values).ToArray())
                : tensor(MemoryMarshal.Cast<byte, float>(values).ToArray());
            return all.reshape(p.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64()).ToArray());
        });
    }
}
