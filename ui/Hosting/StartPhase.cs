namespace Observe.Ui.Hosting;

/// <summary>Whether everything has started.</summary>
internal sealed class StartPhase
{
    private volatile bool _isOver;

    public bool IsOver
    {
        get => _isOver;
        set => _isOver = value;
    }
}
