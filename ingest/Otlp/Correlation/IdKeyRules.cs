namespace Observe.Ingest.Otlp.Correlation;

/// <summary>Which keys say by themselves that their values are ids: what is found without any configuration.</summary>
internal static class IdKeyRules
{
    /// <summary>
    /// Nouns that are written together with "id" in lower case (<c>userid</c>, <c>x_requestid</c>). A list, because as many words end in "id" that are none:
    /// <c>paid</c>, <c>valid</c>, <c>grid</c>, <c>android</c>.
    /// </summary>
    private static readonly string[] Nouns =
    [
        "account", "activity", "basket", "batch", "booking", "call", "campaign", "cart", "case", "charge", "chat", "checkout", "claim",
        "client", "command", "connection", "contract", "conversation", "correlation", "customer", "delivery", "device", "enduser", "entity",
        "event", "execution", "external", "flow", "idempotency", "invocation", "invoice", "job", "jsession", "lead", "member", "merchant",
        "message", "msg", "operation", "order", "organization", "parent", "payment", "player", "profile",
        "project", "ref", "refund", "req", "request", "reservation", "run", "saga", "sess", "session", "shipment",
        "span", "subscription", "task", "tenant", "ticket", "tracking", "trace", "transaction", "transfer", "trip", "txn", "tx",
        "upload", "user", "visit", "visitor", "workflow",
    ];

    /// <summary>
    /// Ids of where something ran, or of one of a few parts: every record of a pod, thread or partition carries them, so what they join is no one matter.
    /// All of them can be searched for as fields.
    /// </summary>
    private static readonly KeyPattern[] Places =
    [
        .. new[]
        {
            "thread.id", "*.thread.id", "thread_id", "*.thread_id", "threadid", "*.threadid", "process.*user.id", "host.id", "host.image.id", "container.id",
            "container.image.id", "k8s.*", "service.instance.id", "telemetry.*", "vcs.*", "cloud.account.id", "cloud.resource_id", "feature_flag.set.id",
            "*partition.id", "*partition_id", "*partitionid", "*shard.id", "*shard_id", "*shardid", "*build_id", "*build.id", "*buildid",
        }.Select(pattern => new KeyPattern(pattern)),
    ];

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> NounLookup =
        new HashSet<string>(Nouns, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly int LongestNoun = Nouns.Max(noun => noun.Length);

    public static bool IsPlace(ReadOnlySpan<byte> key)
    {
        foreach (KeyPattern place in Places)
        {
            if (place.Matches(key))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a key's last word is "id", "uuid", "guid", "ulid" or "uid": <c>id</c>, <c>order.id</c>, <c>x-request-id</c>, <c>orderId</c>, <c>OrderID</c>,
    /// <c>sessionid</c>; not <c>paid</c>, <c>valid</c> or <c>VALID</c>.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="plural">Whether <c>order_ids</c> counts too: the value is a list.</param>
    public static bool IsId(ReadOnlySpan<byte> key, bool plural)
    {
        if (plural && key.Length > 2 && (key[^1] | 0x20) == 's')
        {
            key = key[..^1];
        }

        return EndsWithWord(key, "id"u8) || EndsWithWord(key, "uuid"u8) || EndsWithWord(key, "guid"u8) || EndsWithWord(key, "ulid"u8)
            || EndsWithWord(key, "uid"u8) || EndsWithNoun(key);
    }

    private static bool EndsWithWord(ReadOnlySpan<byte> key, ReadOnlySpan<byte> word)
    {
        if (key.Length < word.Length || !System.Text.Ascii.EqualsIgnoreCase(key[^word.Length..], word))
        {
            return false;
        }

        if (key.Length == word.Length)
        {
            return true;
        }

        byte before = key[^(word.Length + 1)];
        if (!char.IsAsciiLetterOrDigit((char)before))
        {
            return true;
        }

        // Within a word of letters only a change of case begins a new word: orderId, orderID, HTTPId.
        bool upperFirst = char.IsAsciiLetterUpper((char)key[^word.Length]);
        bool upperLast = char.IsAsciiLetterUpper((char)key[^1]);
        return upperFirst && (!upperLast || !char.IsAsciiLetterUpper((char)before));
    }

    /// <summary>Whether the last word is a noun and "id", all in one case: <c>userid</c>, <c>X-REQUESTID</c>.</summary>
    private static bool EndsWithNoun(ReadOnlySpan<byte> key)
    {
        if (key.Length < 3 || !System.Text.Ascii.EqualsIgnoreCase(key[^2..], "id"u8))
        {
            return false;
        }

        ReadOnlySpan<byte> word = key[..^2];
        int start = word.Length;
        while (start > 0 && char.IsAsciiLetter((char)word[start - 1]))
        {
            start--;
        }

        word = word[start..];
        if (word.Length == 0 || word.Length > LongestNoun)
        {
            return false;
        }

        Span<char> noun = stackalloc char[word.Length];
        for (int i = 0; i < noun.Length; i++)
        {
            noun[i] = (char)(word[i] | 0x20);
        }

        return NounLookup.Contains(noun);
    }
}
