using System.Text;
using Observe.Ingest.Otlp.Correlation;

namespace Observe.Tests.Ingest.Otlp.Correlation;

public sealed class IdShapeTests
{
    [Theory]
    [InlineData("123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("{123e4567-e89b-12d3-a456-426614174000}", "123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("urn:uuid:123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("eee19b7ec3c1b174", "eee19b7ec3c1b174")]
    [InlineData("507f1f77bcf86cd799439011", "507f1f77bcf86cd799439011")]
    [InlineData("5B8EFFF798038103D269B633813FC60C", "5B8EFFF798038103D269B633813FC60C")]
    [InlineData("5B8EFFF798038103D269B633813FC60C00", "5B8EFFF798038103D269B633813FC60C00")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1", "1-5759e988-bd862e3fe1be46a994272793")]
    public void TryFind_Ids_AreFoundUnderAnyKey(string value, string id)
    {
        Assert.True(IdShape.TryFind(Encoding.UTF8.GetBytes(value), out ReadOnlySpan<byte> found));
        Assert.Equal(id, Encoding.UTF8.GetString(found), ignoreCase: true);
    }

    [Theory]
    [InlineData("123e4567-e89b-12d3-a456-42661417400g")]
    [InlineData("123e4567ae89b-12d3-a456-426614174000")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-00")]
    [InlineData("eee19b7ec3c1b17")]
    [InlineData("1700000000000000")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("not an id of 16b")]
    [InlineData("https://example.com/a/path/that/is/long")]
    [InlineData("Root=1-nothing")]
    [InlineData("81ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("thisisawordof26letterslong")]
    [InlineData("")]
    public void TryFind_OtherValues_AreNone(string value) => Assert.False(IdShape.TryFind(Encoding.UTF8.GetBytes(value), out _));
}
