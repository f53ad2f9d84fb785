namespace Observe.Storage.Results;

/// <summary>Takes the rows of a scan, block by block, where the engine has put them: nothing is copied for it.</summary>
public interface INumberSink
{
    /// <param name="block">Gone when this returns. Called by one thread at a time, not always the same.</param>
    void Add(NumberBlock block);
}
