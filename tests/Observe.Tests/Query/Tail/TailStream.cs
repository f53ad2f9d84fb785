using System.Text.Json;

namespace Observe.Tests.Query.Tail;

/// <summary>Reads server-sent events as a browser does, independently of the program's own writer.</summary>
internal sealed class TailStream(HttpResponseMessage response, StreamReader lines) : IAsyncDisposable
{
    /// <summary>As EventSource keeps it.</summary>
    public string LastEventId { get; private set; } = "";

    public int Comments { get; private set; }

    public static async Task<TailStream> BeginAsync(HttpResponseMessage response)
    {
        var stream = new TailStream(response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
        await stream.ReadBlockAsync();
        return stream;
    }

    /// <summary>The next event with data; null at the end of the stream.</summary>
    public async Task<(string Name, JsonElement Data)?> NextAsync()
    {
        while (await ReadBlockAsync() is { } block)
        {
            if (block.Data.Length > 0)
            {
                return (block.Name, JsonDocument.Parse(block.Data).RootElement);
            }
        }

        return null;
    }

    public async Task<JsonElement> RecordAsync()
    {
        (string name, JsonElement data) = Assert.NotNull(await NextAsync());
        Assert.Equal("record", name);
        return data;
    }

    /// <summary>The bodies of the next records.</summary>
    public async Task<List<string>> BodiesAsync(int count)
    {
        var bodies = new List<string>();
        while (bodies.Count < count)
        {
            bodies.Add((await RecordAsync()).GetProperty("body").GetString()!);
        }

        return bodies;
    }

    public async Task CommentAsync()
    {
        for (int before = Comments; Comments == before;)
        {
            Assert.NotNull(await ReadBlockAsync());
        }
    }

    public ValueTask DisposeAsync()
    {
        lines.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<(string Name, string Data)?> ReadBlockAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        string name = "message", data = "";
        while (await lines.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Length == 0)
            {
                return (name, data);
            }

            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string value = line[(colon + 1)..].TrimStart(' ');
            switch (line[..colon])
            {
                case "":
                    Comments++;
                    break;
                case "id":
                    LastEventId = value;
                    break;
                case "event":
                    name = value;
                    break;
                case "data":
                    data += value;
                    break;
                default:
                    Assert.Equal("retry", line[..colon]);
                    break;
            }
        }

        return null;
    }
}
