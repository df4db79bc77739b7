import type { Happened, Played } from '../record.ts';
import { CallTracer } from './call-tracer.ts';
import { maskOf, type Mask } from './mask.ts';
import { TRACE_VERSION, type Trace, type TracedCall } from './trace-schema.ts';

/** The trace of a played scenario, free of codes and of full numbers and addresses. */
export function traceOf(played: Played): Trace {
  const mask = maskOf(played.happened.flatMap((each) => (each.kind === 'got' ? [each.code] : [])));
  const { at, failure, reason } = played;
  const calls = Array.from({ length: Math.max(0, ...played.happened.map(({ call }) => call)) }, (_, index) =>
    callOf(
      played.happened.filter(({ call }) => call === index + 1),
      mask,
    ),
  );
  return {
    trace: TRACE_VERSION,
    file: played.file,
    line: at.line,
    callflow: played.callflow,
    name: mask.text(played.name),
    outcome: played.outcome,
    ...(reason === undefined ? {} : { reason: mask.text(reason) }),
    ...(failure === undefined
      ? {}
      : {
          failure: {
            file: failure.at.file,
            line: failure.at.line,
            column: failure.at.column,
            expected: mask.text(failure.expected),
            instead: mask.text(failure.instead),
            fix: mask.text(failure.fix),
          },
        }),
    calls,
    // The call that fails is not over, and counts as long as it went on.
    lasted: calls.reduce((sum, { lasted }) => sum + lasted, 0),
    ms: played.ms,
  };
}

function callOf(happened: readonly Happened[], mask: Mask): TracedCall {
  const tracer = new CallTracer(mask, pressedIn(happened));
  for (const each of happened) tracer.take(each);
  return tracer.call;
}

function pressedIn(happened: readonly Happened[]): readonly string[] {
  return happened.flatMap((each) => (each.kind === 'line' && each.event.kind === 'pressed' ? [each.event.key] : []));
}
