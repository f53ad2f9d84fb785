using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>Checks how many arguments a call has, and of which types.</summary>
internal sealed class CallRules(TokenReader tokens)
{
    public void Check(CallExpression call)
    {
        PromQLFunction function = call.Function;
        int count = call.Arguments.Count;
        if (count < function.LeastArguments || count > function.MostArguments)
        {
            throw tokens.Error(call.Span, $"{function.Name} takes {Count(function)}, not {count}: {function.Signature}.");
        }

        for (int i = 0; i < count; i++)
        {
            FunctionParameter parameter = function.Parameter(i);
            if (call.Arguments[i].Type != parameter.Type)
            {
                throw tokens.Error(call.Arguments[i].Span, CallMistakes.WrongType(call, i));
            }
        }
    }

    public void Check(AggregationOperator aggregation, List<Expression> arguments, TextSpan span)
    {
        FunctionParameter? parameter = aggregation.Parameter();
        string name = aggregation.Name();
        if (arguments.Count != (parameter is null ? 1 : 2))
        {
            throw tokens.Error(span, parameter is null
                ? $"{name} takes 1 instant vector, not {arguments.Count} arguments."
                : $"{name} takes 2 arguments, not {arguments.Count}: {name}({parameter.Name}, v).");
        }

        if (parameter is not null && arguments[0].Type != parameter.Type)
        {
            bool isSwapped = arguments[1].Type == parameter.Type;
            throw tokens.Error(arguments[0].Span, isSwapped
                ? $"{parameter.Name} stands before the vector: {name}({parameter.Name}, v)."
                : $"{name} takes {parameter.Type.Phrase()} as {parameter.Name} in {name}({parameter.Name}, v); this is {arguments[0].Type.Phrase()}.");
        }

        if (arguments[^1].Type != ExpressionType.InstantVector)
        {
            throw tokens.Error(arguments[^1].Span, CallMistakes.NoInstantVector(name, arguments[^1]));
        }
    }

    private static string Count(PromQLFunction function)
    {
        int least = function.LeastArguments;
        return function.MostArguments is not { } most ? $"at least {least} arguments"
            : most == 0 ? "no arguments"
            : least == most ? $"{least} argument{(least == 1 ? "" : "s")}"
            : $"{least} or {most} arguments".Replace("0 or 1 arguments", "at most 1 argument", StringComparison.Ordinal);
    }
}
