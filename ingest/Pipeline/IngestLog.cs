using Microsoft.Extensions.Logging;
using Observe.Ingest.Otlp;

namespace Observe.Ingest.Pipeline;

/// <summary>Log messages of ingest: event ids 2000 to 2099. What senders sent is never in them, but for the names of metrics and attributes in 2020 to 2026 (<see cref="Cardinality.LogText"/>).</summary>
internal static partial class IngestLog
{
    [LoggerMessage(2000, LogLevel.Information, "Receiving OTLP/gRPC on {Grpc} and OTLP/HTTP on {Http}.")]
    public static partial void Started(ILogger logger, string grpc, string http);

    [LoggerMessage(2001, LogLevel.Debug, "Refused a request from {Sender}: {Error}: {Reason}")]
    public static partial void RequestRefused(ILogger logger, string sender, IngestError error, string reason);

    [LoggerMessage(2002, LogLevel.Error, "A fault of Observe while it received a request from {Sender}; nothing of it was stored and the sender was told.")]
    public static partial void ReceiverFault(ILogger logger, string sender, Exception exception);

    [LoggerMessage(2010, LogLevel.Error, "{Signal} could not be stored {Failures} times in a row; tried again in {Seconds:0.0} s. Nothing is lost: what was acknowledged is in the journal. {Reason}")]
    public static partial void StoreDelayed(ILogger logger, OtlpSignal signal, int failures, double seconds, string reason, Exception? exception);

    [LoggerMessage(2011, LogLevel.Warning, "The engine refuses rows of a batch of {Signal} with {Requests} requests and {Records} records; the requests that they come from are now looked for.")]
    public static partial void InsertRefused(ILogger logger, OtlpSignal signal, int requests, int records, Exception exception);

    [LoggerMessage(2012, LogLevel.Error, "A fault of Observe: an acknowledged {Signal} request with {Records} records could not be decoded. It was set aside in {File}, and can be sent again from there.")]
    public static partial void DecodeFault(ILogger logger, OtlpSignal signal, int records, string file, Exception exception);

    [LoggerMessage(2013, LogLevel.Critical, "A fault of Observe in the pipeline of {Signal}: it begins again with the last checkpoint. Nothing is lost.")]
    public static partial void PipelineFault(ILogger logger, OtlpSignal signal, Exception exception);

    [LoggerMessage(2014, LogLevel.Information, "{Signal} are being stored again, after {Failures} failures.")]
    public static partial void StoreRecovered(ILogger logger, OtlpSignal signal, int failures);

    [LoggerMessage(2015, LogLevel.Error, "The engine does not take a {Signal} request with {Records} records into {Table}. It was set aside in {File}; when the reason is mended, it can be sent again from there. Stored of it: {Stored}.")]
    public static partial void RequestSetAside(ILogger logger, OtlpSignal signal, int records, string table, string file, string stored, Exception exception);

    [LoggerMessage(2016, LogLevel.Critical, "A fault of Observe: the {Signal} request at position {Position} was acknowledged with {Records} records, and decoding found another number. The ledger shows the difference.")]
    public static partial void CountsDiffer(ILogger logger, OtlpSignal signal, long position, int records);

    [LoggerMessage(2017, LogLevel.Information, "A batch of {Signal} with {Requests} requests and {Records} records, of which the engine had refused rows, is stored on in parts.")]
    public static partial void IsolationContinued(ILogger logger, OtlpSignal signal, int requests, int records);

    [LoggerMessage(2018, LogLevel.Warning, "Part of a batch of {Signal} was stored in a table that this version of Observe does not know. The batch is stored from its beginning; what is in that table stays there.")]
    public static partial void IsolatedTableUnknown(ILogger logger, OtlpSignal signal);

    [LoggerMessage(2020, LogLevel.Warning, "Metric {Metric} has reached its limit of series on {Day}: {Series}. These go on being stored; points of further series are refused that day. GET /api/v1/metrics/cardinality?metric=… shows which attribute makes them; drop it where it is made, or raise Observe:Ingest:Cardinality:MaxSeriesPerMetric.")]
    public static partial void SeriesLimitReached(ILogger logger, string metric, int series, string day);

    [LoggerMessage(2021, LogLevel.Warning, "Attribute {Key} of metric {Metric} has reached its limit of values on {Day}: {Values}. Series with these go on being stored; points of series with further values are refused that day. Drop the attribute where it is made, or raise Observe:Ingest:Cardinality:MaxValuesPerKey.")]
    public static partial void KeyLimitReached(ILogger logger, string metric, string key, int values, string day);

    [LoggerMessage(2022, LogLevel.Warning, "The engine could not say which series it has of {Day}; it is asked again. Until then only series that this process saw count for the limits of Observe:Ingest:Cardinality. {Reason}")]
    public static partial void StoredSeriesUnknown(ILogger logger, string day, string reason);

    [LoggerMessage(2023, LogLevel.Warning, "Metric {Metric} is not limited on {Day}: counting its series would take more memory than is set aside for all metrics. So it is with any other for which there is none left, until there is; said once a day. GET /api/v1/metrics/cardinality shows which metrics have so many series; drop the attribute that makes them where it is made, or lower Observe:Ingest:Cardinality:MaxSeriesPerMetric.")]
    public static partial void SeriesNotCounted(ILogger logger, string metric, string day);

    [LoggerMessage(2024, LogLevel.Warning, "More than {Names} names of metrics came on {Day}, mostly because ids or hosts are part of a name. Further ones are stored, and counted in groups until one of a group may be large; then it is limited like any other. GET /api/v1/metrics shows the names; make what varies in them an attribute, where it is made or in the collector.")]
    public static partial void TooManyMetricNames(ILogger logger, int names, string day);

    [LoggerMessage(2025, LogLevel.Warning, "Metric {Metric} is not limited on {Day}: its name has more than {Bytes} bytes. So it is with any other of which the name is so long; said once a day. Shorten the name where it is made; make what varies in it an attribute.")]
    public static partial void MetricNameTooLong(ILogger logger, string metric, string day, int bytes);

    [LoggerMessage(2026, LogLevel.Warning, "Attributes of metric {Metric} are not limited on {Day}, but its series are: metrics and attributes have so many names that the memory that is set aside for these is used up. So it is with any other that has new attributes; said once a day. GET /api/v1/metrics shows the names; make what varies in a name a value, where it is made or in the collector.")]
    public static partial void KeysNotCounted(ILogger logger, string metric, string day);
}
