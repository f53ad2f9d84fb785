namespace Observe.Tests.Query.Cases;

/// <summary>Cases in text files: one per line, what is given ⇒ what is expected. Lines that begin with # are notes.</summary>
internal static class CaseFile
{
    private const string Separator = "⇒";

    public static TheoryData<string, string> Read(string name)
    {
        var cases = new TheoryData<string, string>();
        foreach (string line in File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Query", "Cases", name)))
        {
            if (line.Length == 0 || line.StartsWith('#'))
            {
                continue;
            }

            int separator = line.IndexOf(Separator, StringComparison.Ordinal);
            if (separator < 0)
            {
                throw new InvalidDataException($"{name}: the line has no {Separator}: {line}");
            }

            cases.Add(line[..separator].Trim(), line[(separator + Separator.Length)..].Trim());
        }

        return cases;
    }
}
