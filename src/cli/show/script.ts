import type { Library } from '../../core/call/step.ts';
import type { CallflowAsWritten } from '../../core/callflow/as-written.ts';
import type { Flow } from '../../core/callflow/compile.ts';
import { describeExit } from '../../core/callflow/describe-exit.ts';
import { wrap } from '../call/screen.ts';
import { anyTime } from './script/any-time.ts';
import { happyWay } from './script/happy-way.ts';
import { opened, type Moment } from './script/moment.ts';
import { lockNoticesOf, messagesOf } from './script/message.ts';
import { placesIn } from './script/places.ts';
import { sampleInputs, sampleMethods, SAMPLE_DIGITS } from './script/sample-caller.ts';
import { scenesOf } from './script/scenes.ts';
import { screenplay } from './script/screenplay.ts';
import { toldWay } from './script/told-way.ts';
import { takenAtStart, type Taken } from './script/taken.ts';
import { unspoken } from './script/unspoken.ts';
import { waysFrom } from './script/ways.ts';

export interface ScriptRequest {
  readonly library: Library;
  readonly flow: Flow;
  readonly locale: string;
  /** The callflows as they stand in the files, by name. */
  readonly written: ReadonlyMap<string, CallflowAsWritten>;
}

/** By email, or by text message where there is no address. */
const NOTICES = 'When wrong codes lock the account';

/**
 * The calls that people will hear, as a screenplay: the way that works, then everything else that is said. The core
 * itself makes every line, from the prompts as they are.
 */
export function scriptOf(request: ScriptRequest): string {
  const { library, flow, locale, written } = request;
  const starts = startsOf(request);
  const ways = waysFrom(library, starts);
  const moments = starts.map(({ moment }) => moment);
  const start = moments[0] as Moment;
  const happy = happyWay(ways, start);
  const exit = (callflow: string, name: string): string => describeExit(name, written.get(callflow)?.exits[name]).does;
  const places = placesIn({ library, ways, starts: moments, exit });
  const scenes = scenesOf({
    library,
    callflow: flow.callflow,
    starts: starts.map(({ moment, taken }) => ({ after: moment, taken })),
    ways,
    happy: { taken: starts[0]?.taken ?? [], turns: happy },
    places,
  });
  const told = toldWay(start, happy, { library, places });
  const messages = messagesOf(flow, request).filter(
    (each) => !told.some((line) => line.kind === 'message' && line.method === each.method),
  );
  const notices = lockNoticesOf(flow, request);
  const body = [
    heading('The way that works'),
    screenplay(told),
    ...(scenes.length === 0 ? [] : [heading('What else may happen')]),
    ...scenes.flatMap(({ block, groups }) => [`At ${block}\n`, ...groups.map(screenplay)]),
    heading('At any time'),
    ...anyTime(request).map(screenplay),
    ...(messages.length === 0 ? [] : [heading('Other messages'), ...messages.map((each) => screenplay([each]))]),
    ...(notices.length === 0 ? [] : [heading(NOTICES), ...notices.map((each) => screenplay([each]))]),
  ];
  const rest = unspoken(flow, locale, body.join(''));
  return [
    ...head(request),
    ...body,
    ...(rest.length === 0 ? [] : [heading('Words that no call above came to'), ...rest]),
  ].join('\n');
}

interface Opening {
  readonly moment: Moment;
  readonly cost: number;
  readonly taken: readonly Taken[];
}

/** A call begins the same whatever was handed in, but may part ways later by a `when`. */
function startsOf({ library, flow, locale }: ScriptRequest): readonly Opening[] {
  const { callflow } = flow;
  const inputs = sampleInputs(callflow);
  const others = [...callflow.blocks.values()].flatMap(({ verb, body }) => {
    const decides = body as { readonly when?: string; readonly is?: Readonly<Record<string, string>> };
    const { when = '', is = {} } = verb === 'when' ? decides : {};
    return callflow.inputs.includes(when) ? Object.keys(is).map((value) => ({ ...inputs, [when]: value })) : [];
  });
  return [inputs, ...others].map((variables, index) => {
    const moment = opened(library, { callflow: callflow.name, locale, variables });
    return { moment, cost: index === 0 ? 0 : 5, taken: takenAtStart(library, callflow, moment) };
  });
}

function head({ flow, locale, library }: ScriptRequest): readonly string[] {
  const { name, title, settings } = flow.callflow;
  const methods = sampleMethods(flow, library.defaultLocale).map(
    ({ method, destination }) => `${method} ${destination}`,
  );
  const code = SAMPLE_DIGITS.slice(0, settings.code.digits);
  const caller = flow.verifies ? ` The caller is made up: ${[...methods, `the code ${code}`].join(', ')}.` : '';
  const text = `What callers hear stands after "Line:", what they press after "You:". Nobody hears what is in brackets.${caller}`;
  return [`${title}\n${name}, ${locale}\n`, `${wrap(text, 80).join('\n')}\n`];
}

function heading(text: string): string {
  return `${text}\n${'='.repeat(text.length)}\n`;
}
