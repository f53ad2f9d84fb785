using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web.Virtualization;

namespace Observe.Ui.Components;

/// <summary>Rows of one fixed height in a list that scrolls: the first screens as they are, the rest as it comes into view.</summary>
/// <remarks>
/// <see cref="Virtualize{TItem}"/> alone draws nothing before the browser has told it the list's height, and then leaves out the first row until
/// the browser has answered once more: it takes the space below, which it saw before there were rows, for a sign that the list was scrolled.
/// A click in that moment would meet the wrong row. With rows above, that space is out of sight and the list is there at once.
/// </remarks>
public sealed class RowList<TItem> : ComponentBase
{
    /// <summary>Higher than a screen: 2,600 pixels with rows of 26.</summary>
    public const int DirectRows = 100;

    private const int RowsAround = 24;

    private IReadOnlyList<TItem>? _shown;
    private TItem[] _rest = [];

    [Parameter, EditorRequired] public required IReadOnlyList<TItem> Items { get; set; }

    /// <summary>In CSS pixels, exactly as the style sheet has it.</summary>
    [Parameter, EditorRequired] public required int RowHeight { get; set; }

    [Parameter, EditorRequired] public required RenderFragment<TItem> ChildContent { get; set; }

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_shown, Items))
            return;

        _shown = Items;
        _rest = [.. Items.Skip(DirectRows)];
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        // All rows in one region, so that their keys tell them apart.
        builder.OpenRegion(0);
        foreach (TItem item in Items.Take(DirectRows))
            ChildContent(item)(builder);
        builder.CloseRegion();

        if (_rest.Length == 0)
            return;

        builder.OpenComponent<Virtualize<TItem>>(1);
        builder.AddComponentParameter(2, nameof(Virtualize<TItem>.Items), _rest);
        builder.AddComponentParameter(3, nameof(Virtualize<TItem>.ItemSize), (float)RowHeight);
        builder.AddComponentParameter(4, nameof(Virtualize<TItem>.OverscanCount), RowsAround);
        builder.AddComponentParameter(5, nameof(Virtualize<TItem>.ChildContent), ChildContent);
        builder.CloseComponent();
    }
}
