import type { Trace, TracedCall } from '../../simulator/trace/trace-schema.ts';
import { markup, when, type Html } from '../../core/markup.ts';
import { counted } from '../counted.ts';
import { lasting, OUTCOMES } from './in-words.ts';
import { timeline } from './timeline.ts';
import { transcriptOf } from './transcript.ts';

/** One scenario in full: why it failed, and its calls. */
export function scenarioInFull(trace: Trace, id: string): Html {
  const { outcome, name, calls, failure } = trace;
  const { mark, word } = OUTCOMES[outcome];
  return markup`<details class="scenario" id="${id}" data-outcome="${outcome}" data-words="${`${name} ${trace.file}`.toLowerCase()}" ${when(
    outcome === 'failed',
    () => markup`open="open"`,
  )}><summary><span class="outcome ${outcome}"><span aria-hidden="true">${mark}</span> ${word}</span><h3>${name}</h3><span class="quiet place">${trace.file}:${trace.line}</span></summary>
<div class="inside">
${failure === undefined ? '' : failureBox(failure)}${when(trace.reason !== undefined, () => markup`<p>${trace.reason ?? ''}</p>`)}${calls.map(
    (call, index) =>
      callInFull(call, {
        title: calls.length === 1 ? 'The call' : `Call ${index + 1}`,
        of: name,
        failure: index === calls.length - 1 ? failure : undefined,
      }),
  )}</div>
</details>
`;
}

function failureBox({ file, line, column, expected, instead, fix }: NonNullable<Trace['failure']>): Html {
  return markup`<dl class="failure"><div><dt>Expected</dt><dd><code>${expected}</code> <span class="quiet">${file}:${line}:${column}</span></dd></div><div><dt>Instead</dt><dd>${instead}</dd></div>${when(
    fix !== '',
    () => markup`<div><dt>Hint</dt><dd>${fix}</dd></div>`,
  )}</dl>
`;
}

interface CallTold {
  readonly title: string;
  /** The scenario's name. */
  readonly of: string;
  readonly failure: Trace['failure'];
}

function callInFull(call: TracedCall, { title, of, failure }: CallTold): Html {
  return markup`<section class="call">
<h4>${title}</h4>
${counters(call)}
${timeline(call, `${title.toLowerCase()} of ${of}`, failure !== undefined)}
<div class="columns">
<div><h5>Transcript</h5>
${transcriptOf(call, failure)}</div>
<div class="way"><h5>Path through the callflow</h5>
${way(call)}</div>
</div>
</section>
`;
}

function counters({ lasted, counters: sum }: TracedCall): Html {
  const told: readonly (readonly [string, string | number | null | undefined])[] = [
    ['Lasted', lasting(lasted)],
    ['Left by', sum?.exit],
    ['Turns', sum?.turns],
    ['Codes sent', sum?.sends],
    ['Attempts', sum?.attempts],
    ['Accounts proved', sum?.grants],
  ];
  return markup`<dl class="counters">${told.map(([name, value]) =>
    value === null || value === undefined || value === ''
      ? markup``
      : markup`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>`;
}

function way({ events }: TracedCall): Html {
  const taken = events.flatMap((event) => (event.kind === 'turn' ? event.paths : []));
  if (taken.length === 0) return markup`<p class="quiet">No block was left.</p>`;
  return markup`<ol class="path">${taken.map(
    ({ callflow, block, path }, index) =>
      markup`<li>${when(callflow !== taken[index - 1]?.callflow, () => markup`<span class="callflow">${callflow}</span>`)}<span class="block">${block}</span> <span class="took"><span aria-hidden="true">→</span> ${path}</span></li>`,
  )}</ol><p class="quiet">${counted(taken.length, 'path')} taken</p>`;
}
