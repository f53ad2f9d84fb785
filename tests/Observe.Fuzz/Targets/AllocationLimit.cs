using Observe.Fuzz.Engine;

namespace Observe.Fuzz.Targets;

/// <summary>What the program may allocate for an input: a fixed amount, and some for each byte of it.</summary>
internal static class AllocationLimit
{
    /// <summary>Tables of caches and columns of a batch that double; these are shared by thousands of inputs.</summary>
    private const long Fixed = 1 << 20;

    /// <summary>An attribute with a key of its own takes six bytes and gets columns of one to two kilobytes …</summary>
    private const long PathsPerByte = 1 << 10;

    /// <summary>… but of these there are a thousand in a batch, in each of a handful of tables.</summary>
    private const long MaxPaths = 6 << 20;

    /// <summary>Copies in columns, caches and intermediate texts, which double as they grow.</summary>
    private const long PerByte = 64;

    /// <summary>What is shared becomes up to eight times as long, and columns double as they grow.</summary>
    private const long PerDecodedByte = 16;

    public static bool IsKept(long allocated, int inputLength, long maxDecodedBytes) => allocated <= Limit(inputLength, maxDecodedBytes);

    public static void Check(long allocated, int inputLength, long maxDecodedBytes) => Expect.That(
        IsKept(allocated, inputLength, maxDecodedBytes),
        $"{allocated} bytes were allocated for {inputLength} bytes of input; {Limit(inputLength, maxDecodedBytes)} are allowed.");

    private static long Limit(int inputLength, long maxDecodedBytes) =>
        Fixed + Math.Min(PathsPerByte * inputLength, MaxPaths) + (PerByte * inputLength) + (PerDecodedByte * maxDecodedBytes);
}
