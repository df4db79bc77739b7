import type { Trace, TracedCall, TraceEvent, TraceEventOf } from '../../simulator/trace/trace-schema.ts';
import { markup, when, type Html } from '../../core/markup.ts';
import { ARRIVED, broughtBy, clock, ENDED, lasting } from './in-words.ts';
import { keysFrom } from './timeline-marks.ts';

type Who = 'line' | 'caller' | 'turn' | 'event' | 'bad' | 'scenario';

const WHO: Readonly<Record<Who, string>> = {
  line: 'Line',
  caller: 'Caller',
  turn: 'Turn',
  event: 'Event',
  bad: 'Fault',
  scenario: 'Scenario',
};

/** All that happened in a call, one below the other; what fails comes last. */
export function transcriptOf(call: TracedCall, failure: Trace['failure']): Html {
  let turns = 0;
  const rows = call.events.map((event, index) => {
    if (event.kind === 'turn') turns += 1;
    return rowOf(event, { events: call.events, index, turns });
  });
  return markup`<ol class="transcript">
${rows}${failure === undefined ? '' : failedRow(call, failure)}</ol>`;
}

interface Where {
  readonly events: readonly TraceEvent[];
  readonly index: number;
  /** Turns until here. */
  readonly turns: number;
}

function rowOf(event: TraceEvent, { events, index, turns }: Where): Html {
  const before = events[index - 1]?.kind;
  switch (event.kind) {
    case 'turn':
      return row('turn', event, turnCell(event, turns));
    case 'said':
      return row('line', event, saidCell(event));
    case 'paused':
      return row('line', event, markup`<p class="quiet">pauses ${lasting(event.to - event.at)}</p>`);
    case 'listens':
      if (event.answered || event.to <= event.at) return markup``;
      return row('caller', event, markup`<p class="quiet">is silent for ${lasting(event.to - event.at)}</p>`);
    case 'pressed':
      return before === 'pressed' ? markup`` : row('caller', event, keyCaps(keysFrom(events, index)));
    case 'spoke':
      return row('caller', event, markup`<p>says “${event.words}”</p>`);
    case 'step':
      return before === 'step' ? markup`` : row('scenario', event, steps(events, index));
    case 'fault':
      return row('bad', event, markup`<p>${event.reason}</p>`);
    case 'fallback':
      return row(
        'event',
        event,
        markup`<p>The platform reports error ${event.code} and asks the fallback address</p>${document(event.reply)}`,
      );
    case 'arrived':
    case 'later':
    case 'repeated':
    case 'locked-elsewhere':
    case 'dialled':
    case 'queued':
    case 'ended':
      return row('event', event, markup`<p>${sentence(event)}</p>`);
  }
}

function row(who: Who, { at }: { readonly at: number }, cell: Html): Html {
  return markup`<li class="by-${who}"><span class="at">${clock(at)}</span><span class="who">${WHO[who]}</span><div class="what">${cell}</div></li>
`;
}

function turnCell(event: TraceEventOf<'turn'>, number: number): Html {
  const brought = broughtBy(event);
  return markup`<p><b>${number}</b> ${when(brought !== '', () => markup`<span class="brought">${brought}</span> `)}<span class="quiet">${
    event.reply === null ? `goes to ${event.url}` : `answered in ${lasting(event.ms)}`
  }</span></p>${document(event.reply)}`;
}

function document(reply: string | null): Html {
  if (reply === null || reply === '') return markup``;
  return markup`<details class="twiml"><summary>TwiML</summary><pre tabindex="0">${indented(reply)}</pre></details>`;
}

/** A line for each element, by its depth; the text itself stays as it is. */
function indented(xml: string): string {
  let depth = 0;
  return xml
    .replaceAll(/>(?=<)/g, '>\n')
    .split('\n')
    .map((line) => {
      if (line.startsWith('</')) depth = Math.max(0, depth - 1);
      const shown = '  '.repeat(depth) + line;
      if (/^<[A-Za-z][^>]*[^/]>$/.test(line)) depth += 1;
      return shown;
    })
    .join('\n');
}

function saidCell({ prompts, text, cut, at, to }: TraceEventOf<'said'>): Html {
  const heard = to > at ? `cut short by a key after ${lasting(to - at)}` : 'not heard: a key came before';
  return markup`<p><span class="prompt">${prompts.join(' or ') || 'words of no prompt'}</span> ${when(
    cut === true,
    () => markup`<span class="cut">${heard}</span>`,
  )}</p><p>${text}</p>`;
}

function keyCaps(keys: string): Html {
  const spoken = keys.includes('•') ? `${keys.replaceAll('•', '')} and a code that is not shown` : keys;
  return markup`<p class="keys"><span class="unseen">presses ${spoken}</span><span aria-hidden="true">${Array.from(keys, (key) => markup`<kbd>${key}</kbd>`)}</span></p>`;
}

function steps(events: readonly TraceEvent[], from: number): Html {
  const end = events.findIndex((event, index) => index > from && event.kind !== 'step');
  const done = events.slice(from, end < 0 ? undefined : end);
  return markup`<p class="steps">${done.map((event) =>
    event.kind === 'step' ? markup`<span class="step">✓ ${event.text}</span> ` : markup``,
  )}</p>`;
}

function failedRow({ lasted }: TracedCall, { expected }: NonNullable<Trace['failure']>): Html {
  return markup`<li class="by-bad"><span class="at">${clock(lasted)}</span><span class="who">Scenario</span><div class="what"><p><span class="step">✗ ${expected}</span> is expected here, and does not hold</p></div></li>
`;
}

/** What one sentence tells. */
type Told = TraceEventOf<'arrived' | 'later' | 'repeated' | 'locked-elsewhere' | 'dialled' | 'queued' | 'ended'>;

function sentence(event: Told): string {
  switch (event.kind) {
    case 'arrived':
      return ARRIVED[event.method];
    case 'later':
      return `${lasting(event.ms)} pass, beside the call`;
    case 'repeated':
      return 'The platform sends the last request again, and the reply is the same';
    case 'locked-elsewhere':
      return 'Wrong codes in other calls lock the account';
    case 'dialled':
      return `The call is put through to ${event.to}: ${event.outcome}`;
    case 'queued':
      return `The caller waits in the queue ${event.queue}: ${event.result}`;
    case 'ended':
      return ENDED[event.by];
  }
}
