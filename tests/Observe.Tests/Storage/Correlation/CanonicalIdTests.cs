using System.Text;
using Observe.Storage.Correlation;

namespace Observe.Tests.Storage.Correlation;

public sealed class CanonicalIdTests
{
    [Theory]
    [InlineData("123E4567-E89B-12D3-A456-426614174000", "123e4567e89b12d3a456426614174000")]
    [InlineData("{123e4567-e89b-12d3-a456-426614174000}", "123e4567e89b12d3a456426614174000")]
    [InlineData("URN:UUID:123e4567-e89b-12d3-a456-426614174000", "123e4567e89b12d3a456426614174000")]
    [InlineData("5B8EFFF798038103D269B633813FC60C", "5b8efff798038103d269b633813fc60c")]
    [InlineData("1-5759e988-BD862e3fe1be46a994272793", "5759e988bd862e3fe1be46a994272793")]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1", "5759e988bd862e3fe1be46a994272793")]
    [InlineData("Self=1-67891234-12456789abcdef012345678;Root=1-5759e988-bd862e3fe1be46a994272793", "5759e988bd862e3fe1be46a994272793")]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", "4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("  \"Order-77\",\n", "order-77")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAV", "01arz3ndektsv4rrffq69g5fav")]
    [InlineData("ÖRDER-É", "Örder-É")]
    [InlineData("uuid", "uuid")]
    [InlineData("123e4567-e89b-12d3-a456-42661417400g", "123e4567-e89b-12d3-a456-42661417400g")]
    public void TryWrite_Spelling_IsOneForm(string text, string expected) => Assert.Equal(expected, Canonical(text));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{}")]
    public void TryWrite_Nothing_IsNone(string text) => Assert.Null(Canonical(text));

    [Fact]
    public void TryWrite_Length_IsLimited()
    {
        Assert.Equal(new string('x', CanonicalId.MaxLength), Canonical(new string('X', CanonicalId.MaxLength)));
        Assert.Null(Canonical(new string('x', CanonicalId.MaxLength + 1)));
    }

    private static string? Canonical(string text)
    {
        byte[] destination = new byte[CanonicalId.MaxLength];
        return CanonicalId.TryWrite(Encoding.UTF8.GetBytes(text), destination, out int length) ? Encoding.UTF8.GetString(destination, 0, length) : null;
    }
}
