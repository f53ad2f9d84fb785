using Observe.Ingest.Senders;

namespace Observe.Tests.Ingest.Senders;

public sealed class TokenBucketTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Delay_Untouched_IsZero()
    {
        TokenBucket bucket = Create(perSecond: 10, burstSeconds: 5);

        Assert.Equal(TimeSpan.Zero, bucket.Delay());
        Assert.True(bucket.IsFull);
    }

    [Fact]
    public void Delay_BurstUsedUp_IsUntilTheFirstToken()
    {
        TokenBucket bucket = Create(perSecond: 10, burstSeconds: 5);

        bucket.Take(49);
        Assert.Equal(TimeSpan.Zero, bucket.Delay());

        bucket.Take(1);
        Assert.InRange(bucket.Delay(), TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(1));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.Zero, bucket.Delay());
    }

    [Fact]
    public void Delay_InDebt_IsUntilTheDebtIsPaid()
    {
        TokenBucket bucket = Create(perSecond: 10, burstSeconds: 1);

        bucket.Take(1010);
        Assert.Equal(TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(Math.Round(bucket.Delay().TotalSeconds, 3)));

        _time.Advance(TimeSpan.FromSeconds(99));
        Assert.NotEqual(TimeSpan.Zero, bucket.Delay());
        _time.Advance(TimeSpan.FromSeconds(1.01));
        Assert.Equal(TimeSpan.Zero, bucket.Delay());
    }

    [Fact]
    public void Delay_IsExactlyWhenTheNextMayBegin()
    {
        TokenBucket bucket = Create(perSecond: 3, burstSeconds: 2);

        bucket.Take(17);
        _time.Advance(bucket.Delay());

        Assert.Equal(TimeSpan.Zero, bucket.Delay());
    }

    [Fact]
    public void Delay_LargestDebt_IsADay()
    {
        TokenBucket bucket = Create(perSecond: 1, burstSeconds: 1);

        bucket.Take(1e18);

        Assert.InRange(bucket.Delay(), TimeSpan.FromDays(1), TimeSpan.FromDays(1.001));
    }

    [Fact]
    public void IsFull_IdleForLong_HoldsTheBurstAndNoMore()
    {
        TokenBucket bucket = Create(perSecond: 10, burstSeconds: 5);

        bucket.Take(30);
        Assert.False(bucket.IsFull);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(bucket.IsFull);

        bucket.Take(50);
        Assert.NotEqual(TimeSpan.Zero, bucket.Delay());
    }

    /// <summary>Whatever the sizes, what is let in over a long time is the rate, and one burst and one debt at most.</summary>
    [Fact]
    public void Take_RandomSizes_KeepsTheRate()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        TokenBucket bucket = Create(perSecond: 1000, burstSeconds: 2);
        double taken = 0;
        const int largest = 5000;

        for (int step = 0; step < 10_000; step++)
        {
            if (bucket.Delay() == TimeSpan.Zero)
            {
                int size = random.Next(1, largest);
                bucket.Take(size);
                taken += size;
            }

            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(taken, 1000 * 999.0, (1000 * 1000.0) + 2000 + largest);
    }

    private TokenBucket Create(double perSecond, double burstSeconds) => new(perSecond, TimeSpan.FromSeconds(burstSeconds), _time);
}
