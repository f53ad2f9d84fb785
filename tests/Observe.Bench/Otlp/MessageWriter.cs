using System.Text;
using Observe.Bench.Shop;

namespace Observe.Bench.Otlp;

/// <summary>Writes a log message: a template's pieces with values between.</summary>
internal sealed class MessageWriter
{
    private readonly byte[][] _methods;
    private readonly byte[][] _routes;
    private readonly MessageTemplate[][] _messages;
    private readonly MessageTemplate[][] _errors;

    public MessageWriter(ShopModel model)
    {
        _methods = [.. model.Operations.Select(operation => Utf8(operation.Method))];
        _routes = [.. model.Operations.Select(operation => Utf8(operation.Route))];
        _messages = [.. ShopService.All.Select(service => service.Messages.Select(MessageTemplate.Parse).ToArray())];
        _errors = [.. ShopService.All.Select(service => service.Errors.Select(MessageTemplate.Parse).ToArray())];
    }

    public void Write(WireBuffer buffer, in Call call, int service, in CallValues values)
    {
        MessageTemplate[] templates = call.Failed ? _errors[service] : _messages[service];
        ulong variety = ShopRandom.Mix(call.Detail);
        foreach ((byte[] literal, MessageVariable variable) in templates[(int)((variety >> 8) % (ulong)templates.Length)].Pieces)
        {
            buffer.Bytes(literal);
            switch (variable)
            {
                case MessageVariable.None:
                    break;
                case MessageVariable.Amount:
                    buffer.Digits((long)((variety >> 16) % 400));
                    buffer.Byte((byte)'.');
                    buffer.Digits(10 + (long)((variety >> 26) % 90));
                    break;
                case MessageVariable.Attempt:
                    buffer.Digits(1 + (long)((variety >> 30) % 4));
                    break;
                case MessageVariable.Count:
                    buffer.Digits((long)((variety >> 33) % 512));
                    break;
                case MessageVariable.Host:
                    buffer.Bytes("10.0."u8);
                    buffer.Digits((long)((variety >> 20) & 7));
                    buffer.Byte((byte)'.');
                    buffer.Digits((long)((variety >> 24) & 63));
                    break;
                case MessageVariable.Item:
                    buffer.Bytes("sku-"u8);
                    buffer.Digits(1000 + (long)((variety >> 40) % 5000));
                    break;
                case MessageVariable.Key:
                    buffer.Bytes("k"u8);
                    buffer.Digits((long)((variety >> 42) % 800));
                    break;
                case MessageVariable.Method:
                    buffer.Bytes(_methods[call.Operation]);
                    break;
                case MessageVariable.Ms:
                    buffer.Digits((long)values.Milliseconds);
                    buffer.Byte((byte)'.');
                    buffer.Digits((long)(values.Milliseconds * 10) % 10);
                    break;
                case MessageVariable.Order:
                    buffer.Bytes("A-"u8);
                    buffer.Digits(100_000 + (long)(call.TraceLow % 900_000));
                    break;
                case MessageVariable.Route:
                    buffer.Bytes(_routes[call.Operation]);
                    break;
                case MessageVariable.Size:
                    buffer.Digits(values.Size);
                    break;
                case MessageVariable.Status:
                    buffer.Digits(values.Status);
                    break;
                case MessageVariable.User:
                    buffer.Bytes(CallValues.UserNames[values.User]);
                    break;
            }
        }
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
