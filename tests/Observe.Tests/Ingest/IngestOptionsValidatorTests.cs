using Microsoft.Extensions.Configuration;
using Observe.Ingest;

namespace Observe.Tests.Ingest;

public sealed class IngestOptionsValidatorTests
{
    private const int MaxRequestBytes = 4096;

    [Fact]
    public void Validate_Defaults_AreFine() => Assert.True(new IngestOptionsValidator().Validate(null, new IngestOptions()).Succeeded);

    [Theory]
    [InlineData(4 * MaxRequestBytes, true)]
    [InlineData((4 * MaxRequestBytes) - 1, false)]
    public void Validate_Journal_MustHaveRoomForTheLargestRequestBesideItsSegments(long room, bool isFine)
    {
        var options = new IngestOptions { MaxRequestBytes = MaxRequestBytes };
        options.Journal.SegmentBytes = 8192;
        options.Journal.MaxBytes = (8 * options.Journal.SegmentBytes) + room;

        IEnumerable<string> failures = new IngestOptionsValidator().Validate(null, options).Failures ?? [];

        Assert.Equal(isFine ? [] : ["Observe:Ingest:Journal:MaxBytes"], failures.Select(failure => failure[..failure.IndexOf(' ', StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(1, 4_000_000, null)]
    [InlineData(-1, 1, "Observe:Ingest:Cardinality:MaxSeriesPerMetric is -1; it must lie between 0 and 4000000.")]
    [InlineData(4_000_001, 1, "Observe:Ingest:Cardinality:MaxSeriesPerMetric is 4000001; it must lie between 0 and 4000000.")]
    [InlineData(1, -1, "Observe:Ingest:Cardinality:MaxValuesPerKey is -1; it must lie between 0 and 4000000.")]
    public void Validate_Cardinality_HasLimitsThatCanBeCounted(int series, int values, string? failure)
    {
        var options = new IngestOptions { Cardinality = { MaxSeriesPerMetric = series, MaxValuesPerKey = values } };
        Assert.Equal(failure is null ? [] : [failure], new IngestOptionsValidator().Validate(null, options).Failures ?? []);
    }

    [Theory]
    [InlineData("", "Observe:Ingest:CorrelationIds:Include:0 is empty. Write the key of an attribute, such as \"invoice_no\", or remove it.")]
    [InlineData("*", "Observe:Ingest:CorrelationIds:Include:0 is \"*\", which would make an id of every attribute. Name the keys that hold ids, such as \"invoice_no\" or \"*.reference\".")]
    [InlineData("a,b", "Observe:Ingest:CorrelationIds:Include:0 is \"a,b\", which holds a space, comma or semicolon. Each key is an entry of its own: " +
        "Observe:Ingest:CorrelationIds:Include:0=invoice_no, Observe:Ingest:CorrelationIds:Include:1=ticket_no.")]
    [InlineData("*.reference", null)]
    public void Validate_CorrelationIds_SaysWhatAPatternIs(string pattern, string? failure)
    {
        var options = new IngestOptions();
        options.CorrelationIds.Include.Add(pattern);
        Assert.Equal(failure is null ? [] : [failure], new IngestOptionsValidator().Validate(null, options).Failures ?? []);
    }

    [Fact]
    public void Bind_CorrelationIds_AreReadFromTheConfiguration()
    {
        IngestOptions options = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Observe:Ingest:CorrelationIds:Include:0"] = "invoice_no",
            ["Observe:Ingest:CorrelationIds:Include:1"] = "*.reference",
            ["Observe:Ingest:CorrelationIds:Exclude:0"] = "tenant_id",
            ["Observe:Ingest:CorrelationIds:FromBodies"] = "false",
        }).Build().GetSection(IngestOptions.Section).Get<IngestOptions>()!;
        Assert.Equal(["invoice_no", "*.reference"], options.CorrelationIds.Include);
        Assert.Equal(["tenant_id"], options.CorrelationIds.Exclude);
        Assert.False(options.CorrelationIds.FromBodies);
    }
}
