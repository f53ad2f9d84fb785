namespace Observe.Query.Compilation.Targets;

/// <summary>A String column whose words are asked with <c>hasToken(lower(…), …)</c>, which an index of the words in lower case answers.</summary>
public sealed class IndexedTextColumn(string sql) : TextColumn(sql)
{
    /// <summary>
    /// Whole ASCII words go to the index. What it cannot say (their order, the beginning of a word, case beyond ASCII) is asked of the rows
    /// that are left with a regular expression.
    /// </summary>
    public override string Contains(ParameterBag parameters, string text, bool isPrefix)
    {
        var conditions = TextPattern.IndexedWords(text, isPrefix).Select(word => $"hasToken(lower({Sql}), {parameters.Add(word)})").ToList();
        if (isPrefix || !TextPattern.IsOneWord(text))
        {
            conditions.Add(base.Contains(parameters, text, isPrefix));
        }

        return conditions.Count == 1 ? conditions[0] : $"({string.Join(" AND ", conditions)})";
    }
}
