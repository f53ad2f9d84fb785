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
}
