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
                case double[] values:
                    ArrayColumn<FixedColumn<double>> doubles = slot.AppendFloat64Array();
                    foreach (double number in values)
                    {
                        doubles.Elements.Append(number);
                    }

                    doubles.EndRow();
                    break;
                case bool[] flags:
                    ArrayColumn<FixedColumn<byte>> bools = slot.AppendBoolArray();
                    foreach (bool flag in flags)
                    {
                        bools.Elements.Append(flag ? (byte)1 : (byte)0);
                    }

                    bools.EndRow();
                    break;
                case object?[] mixed:
                    ArrayColumn<DynamicColumn> elements = slot.AppendDynamicArray();
                    foreach (object? element in mixed)
                    {
                        Append(elements.Elements, element);
                    }

                    elements.EndRow();
                    break;
                case IReadOnlyDictionary<string, object?> map:
                    Fill(slot.AppendJson(), [.. map.Select(member => (member.Key, member.Value))]);
                    break;
                default:
                    throw new ArgumentException($"No column for {value.GetType().Name}.");
            }
        }

        column.EndRow();
    }

    private static void Append(DynamicColumn elements, object? value)
    {
        switch (value)
        {
            case null:
                elements.AppendAbsent();
                break;
            case string text:
                elements.AppendString(Encoding.UTF8.GetBytes(text));
                break;
            case long integer:
                elements.AppendInt64(integer);
                break;
            case double number:
                elements.AppendFloat64(number);
                break;
            case bool flag:
                elements.AppendBool(flag);
                break;
            default:
                throw new ArgumentException($"No element for {value.GetType().Name}.");
        }
    }
}
