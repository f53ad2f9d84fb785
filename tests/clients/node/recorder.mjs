// Wraps an exporter, so that what the SDK handed to it and how the export ended are known.
import { ExportResultCode } from '@opentelemetry/core';

/**
 * @param exporter the real one
 * @param describe from what is exported to what is printed
 * @param sent where descriptions go, failed where messages go
 */
export function recording(exporter, describe, sent, failed) {
  return new Proxy(exporter, {
    get(target, property) {
      if (property === 'export') {
        return (batch, done) => target.export(batch, result => {
          if (result.code === ExportResultCode.SUCCESS) {
            sent.push(...describe(batch));
          } else {
            failed.push(String(result.error?.stack ?? result.error ?? 'an export failed without a reason'));
          }
          done(result);
        });
      }
      const value = target[property];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
