using System.Text;
using Observe.Bench.Shop;

namespace Observe.Bench.Otlp;

/// <summary>The values that a call's log and span both speak of, drawn from random bits that the call keeps, so that they agree; a trace has one user.</summary>
internal readonly ref struct CallValues
{
    private const int Users = 20_000;

    public CallValues(in Call call, string method)
    {
        ulong detail = call.Detail;
        User = (int)(call.TraceLow % Users);
        Size = 200 + (int)((detail >> 16) & 0x7FFF);
        Thread = 1 + (int)((detail >> 32) & 31);
        CacheHit = ((detail >> 40) & 3) != 0;
        Milliseconds = Math.Round(call.Duration / 1e6, 3);
        Status = call.Failed ? ((detail >> 44) & 3) switch { 0 => 500, 1 => 502, 2 => 503, _ => 504 }
            : method == "POST" ? 201
            : ((detail >> 44) & 31) == 0 ? 404 : 200;
    }

    public int User { get; }

    public int Size { get; }

    public int Thread { get; }

    public bool CacheHit { get; }

    public double Milliseconds { get; }

    public int Status { get; }

    /// <summary><c>u-12345</c>: the same users come again and again.</summary>
    public static byte[][] UserNames { get; } =
        [.. Enumerable.Range(0, Users).Select(number => Encoding.UTF8.GetBytes($"u-{number:D5}"))];
}
