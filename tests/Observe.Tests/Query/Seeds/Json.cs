using System.Text;
using Observe.Storage.Columns;

namespace Observe.Tests.Query.Seeds;

/// <summary>Fills a row of a JSON column from .NET values, as a decoder would from OTLP.</summary>
internal static class Json
{
    public static void Fill(JsonColumn column, params (string Name, object? Value)[] members)
    {
        foreach ((string name, object? value) in members)
        {
            DynamicColumn slot = column.Slot(Encoding.UTF8.GetBytes(name));
            switch (value)
            {
                case null:
                    slot.AppendNull();
                    break;
                case string text:
                    slot.AppendString(Encoding.UTF8.GetBytes(text));
                    break;
                case long integer:
                    slot.AppendInt64(integer);
                    break;
                case double number:
                    slot.AppendFloat64(number);
                    break;
                case bool flag:
                    slot.AppendBool(flag);
                    break;
                case string[] texts:
                    ArrayColumn<StringColumn> strings = slot.AppendStringArray();
                    foreach (string text in texts)
                    {
                        strings.Elements.Append(text);
                    }

                    strings.EndRow();
                    break;
                case long[] integers:
                    ArrayColumn<FixedColumn<long>> numbers = slot.AppendInt64Array();
                    foreach (long integer in integers)
                    {
                        numbers.Elements.Append(integer);
                    }

                    numbers.EndRow();
                    break;
                default:
                    throw new ArgumentException($"No column for {value.GetType().Name}.");
            }
        }

        column.EndRow();
    }
}
