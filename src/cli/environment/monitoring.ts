import { z } from 'zod';
import { list, url } from './values.ts';

/** The settings by which a server is watched. */
export const MONITORING = {
  METRICS_TOKEN: {
    schema: list.refine((tokens) => tokens.every((each) => each.length >= 16), 'is at least 16 characters'),
    by: '',
    means:
      'what whoever asks for `/metrics` sends as `Authorization: Bearer ...`; two, comma-separated, while rotating. Without it, only this machine may ask',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    schema: url,
    by: '',
    means: 'the OpenTelemetry collector that traces go to, by OTLP over HTTP, for example http://127.0.0.1:4318',
  },
  OTEL_TRACES_SAMPLER_ARG: {
    schema: z.coerce.number({ error: 'is a number' }).min(0, 'is 0 to 1').max(1, 'is 0 to 1').default(1),
    by: '1',
    means: 'how much is traced, from 0 to 1 for every turn',
  },
} as const;
