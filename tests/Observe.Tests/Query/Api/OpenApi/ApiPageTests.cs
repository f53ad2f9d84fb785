using Observe.Query.Api;
using Observe.Tests.Hosting;

namespace Observe.Tests.Query.Api.OpenApi;

/// <summary>docs/api.md tells of everything that there is.</summary>
public sealed class ApiPageTests(QueryApiFixture fixture) : IClassFixture<QueryApiFixture>
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs/api.md"));

    [Fact]
    public async Task Page_Routes_AreThoseOfTheDocument()
    {
        // A row of the table: "| `GET`, `POST /api/v1/query` | … | `q`, `from` |"; paths without a method have the one before.
        var told = new List<string>();
        foreach (string row in Page.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Split('|')[1].Contains(" /", StringComparison.Ordinal)))
        {
            List<string> methods = [];
            string cell = row.Split('|')[1].Trim();
            foreach (string code in cell.Split('`').Where((_, i) => i % 2 == 1))
            {
                string[] words = code.Split(' ');
                if (words[0].StartsWith('/'))
                {
                    told.AddRange(methods.Select(method => $"{method} {code.Split('?')[0]}"));
                    continue;
                }

                methods.Add(words[0]);
                if (words.Length > 1)
                {
                    told.AddRange(methods.Select(method => $"{method} {words[1]}"));
                }
            }
        }

        ApiDocument document = await ApiDocument.OfAsync(fixture.Client);
        Assert.Equal(
            document.Operations.Select(operation => $"{operation.Method} {operation.Path}").Where(operation => operation != "GET /api/openapi.json").Order(StringComparer.Ordinal),
            told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Page_ParametersAndProblems_AreAllNamed()
    {
        ApiDocument document = await ApiDocument.OfAsync(fixture.Client);
        string[] names = [.. document.Operations.SelectMany(operation => operation.QueryParameters).Concat(ProblemKind.All.Select(kind => kind.Name)).Distinct()];
        Assert.DoesNotContain(names, name => !Page.Contains($"`{name}`", StringComparison.Ordinal) && !Page.Contains($"?{name}=", StringComparison.Ordinal));
    }
}
