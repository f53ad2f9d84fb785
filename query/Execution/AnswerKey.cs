using System.Security.Cryptography;
using System.Text;
using Observe.Storage.Engine;

namespace Observe.Query.Execution;

/// <summary>What a statement is known by: a hash of its text, its values and its settings.</summary>
internal static class AnswerKey
{
    /// <summary>Of the text alone, which is the same for all values.</summary>
    public static string OfText(SqlStatement statement) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(statement.Text)));

    public static string Of(SqlStatement statement)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(statement.Text);
        foreach (SqlParameter parameter in statement.Parameters)
        {
            Add(parameter.Name);
            Add(parameter.Text);
        }

        Add("");
        foreach ((string name, string value) in statement.Settings)
        {
            Add(name);
            Add(value);
        }

        return Convert.ToHexString(hash.GetHashAndReset());

        // With its length, so that no two lists of texts are the same bytes.
        void Add(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
    }
}
