using System.CommandLine;
using Observe.Bench.Measure;
using Observe.Bench.Questions;

namespace Observe.Bench.Commands;

/// <summary><c>query</c>: asks Observe the questions that have targets, about data that <c>load</c> has put there.</summary>
internal static class QueryCommand
{
    public static Command Create(TimeProvider time)
    {
        Option<Uri> web = AddressText.Option("--web", "Address of the UI and API.", "http://127.0.0.1:4319");
        var repeat = new Option<int>("--repeat") { Description = "How often each question is asked, not counting the first time.", DefaultValueFactory = _ => 15 };
        var only = new Option<string?>("--only") { Description = "Ask only questions with this text in their name." };
        var pid = new Option<int?>("--pid") { Description = "Process id of the server, to measure what it uses." };
        var explain = new Option<bool>("--explain") { Description = "Show the statements too." };
        var command = new Command("query", "Ask Observe the questions that have targets and report what each took.") { web, repeat, only, pid, explain };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = new ObserveClient(parsed.GetValue(web)!);
            KnownValues known = await client.KnowAsync(cancellation);
            ProcessMeter? meter = parsed.GetValue(pid) is { } process ? new ProcessMeter(process, time) : null;
            IReadOnlyList<Question> questions =
            [
                .. QuestionList.Of(known).Where(question => question.Name.Contains(parsed.GetValue(only) ?? "", StringComparison.OrdinalIgnoreCase)),
            ];
            int times = Math.Max(parsed.GetValue(repeat), 1);
            IReadOnlyList<QuestionFigures> figures =
                await new QuestionRun(client, known, meter, time).RunAsync(questions, times, parsed.GetValue(explain), cancellation);
            QuestionTable.Write(Console.Out, figures, known, times);
            QuestionTable.WriteStatements(Console.Out, figures);
            return figures.Any(each => each.Failure is not null) ? 1 : 0;
        });
        return command;
    }
}
