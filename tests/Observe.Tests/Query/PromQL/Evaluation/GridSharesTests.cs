using Observe.Query.PromQL.Evaluation;

namespace Observe.Tests.Query.PromQL.Evaluation;

public sealed class GridSharesTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Take_WorkersAtAnyPace_GivesEachTimeToOne(int seed)
    {
        var random = new Random(seed);
        int from = random.Next(20), to = from + random.Next(1, 500), workers = random.Next(1, 5);
        var shares = new GridShares(from, to, workers);
        var given = new List<int>();
        var held = new GridPiece?[workers];
        var busy = Enumerable.Range(0, workers).ToList();
        while (busy.Count > 0)
        {
            // While a worker has a piece, others take, and may take over what is behind it.
            int worker = busy[random.Next(busy.Count)];
            if (held[worker] is { } piece)
            {
                held[worker] = null;
                if (piece.Count > 1 && random.Next(3) == 0)
                {
                    shares.Return(worker, piece);
                }
                else
                {
                    given.AddRange(Enumerable.Range(piece.From, piece.Count));
                }
            }
            else
            {
                held[worker] = shares.Take(worker, random.Next(1, 60));
                if (held[worker] is null)
                {
                    busy.Remove(worker);
                }
            }
        }

        given.Sort();
        Assert.Equal(Enumerable.Range(from, to - from), given);
    }

    [Fact]
    public void Take_StretchLeft_GoesOnWhereTheLastPieceEnded()
    {
        var shares = new GridShares(10, 110, 2);

        Assert.Equal(new GridPiece(10, 30, IsFollowed: true), shares.Take(0, 30));
        Assert.Equal(new GridPiece(60, 30, IsFollowed: true), shares.Take(1, 30));
        Assert.Equal(new GridPiece(40, 20, IsFollowed: false), shares.Take(0, 30));
    }

    [Fact]
    public void Take_StretchOver_TakesHalfOfTheLongest()
    {
        var shares = new GridShares(0, 300, 3);
        shares.Take(1, 40);
        shares.Take(0, 100);

        Assert.Equal(new GridPiece(250, 50, IsFollowed: false), shares.Take(0, 100));
        Assert.Equal(new GridPiece(200, 50, IsFollowed: false), shares.Take(2, 100));
        Assert.Equal(new GridPiece(170, 30, IsFollowed: false), shares.Take(2, 100));
    }

    [Fact]
    public void Take_OneTimeLeftElsewhere_LeavesItThere()
    {
        var shares = new GridShares(0, 4, 2);
        shares.Take(0, 2);
        shares.Take(1, 1);

        Assert.Null(shares.Take(0, 5));
        Assert.Equal(new GridPiece(3, 1, IsFollowed: false), shares.Take(1, 5));
    }
}
