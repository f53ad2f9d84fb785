using System.CommandLine;

namespace Observe.Bench.Commands;

/// <summary>Options that take an address such as <c>http://127.0.0.1:4318</c>.</summary>
internal static class AddressText
{
    public static Option<Uri> Option(string name, string description, string address) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => new Uri(address),
        CustomParser = argument =>
        {
            string text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";
            if (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is ("http" or "https"))
            {
                return uri;
            }

            argument.AddError($"\"{text}\" is no address. Write one such as {address}.");
            return null;
        },
    };
}
