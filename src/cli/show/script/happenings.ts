import type { Heard, Question, Scene } from '../../../core/blocks/verb.ts';
import type { Standing } from '../../../core/call/standing.ts';
import type { Library, StepInput } from '../../../core/call/step.ts';
import { COST, type Happening } from './happening.ts';
import { outcomesOf } from './outcomes.ts';
import { SAMPLE_DIGITS } from './sample-caller.ts';
import { standingOf, type Moment } from './moment.ts';

/** Everything that the present block can tell apart, what goes well first. */
export function happeningsAt(library: Library, moment: Moment): readonly Happening[] {
  if (moment.next.kind === 'leave') return [];
  const standing = standingOf(library, moment);
  if (moment.next.kind === 'perform') return outcomesOf(moment.next.task, standing, library);
  const silence = {
    kind: 'silence',
    what: 'press nothing',
    path: 'silences',
    input: heard({ type: 'silence' }),
  } as const;
  const trouble = [silence, ...wrongEntry(standing)].map((each): Happening => ({ ...each, cost: COST.trouble }));
  return [...entriesOf(standing), ...trouble];
}

/** An entry in both of the ways that it may be made. */
interface Entry {
  readonly what: string;
  readonly input: StepInput;
  readonly heard: Heard;
}

/** One entry for every path and choice, as the block itself understands them. */
function entriesOf(standing: Standing): readonly Happening[] {
  const { body, kind } = standing.block('listen');
  const scene = standing.scene();
  const question = kind.question(body, scene);
  const lengths = Array.from({ length: 32 }, (_, index) => SAMPLE_DIGITS.slice(0, index + 1));
  const tried = question.options === undefined ? [...lengths, '*'] : [...'1234567890'.split(''), '*', '#'];
  const found = new Map<string, Happening>();
  for (const keys of tried) {
    const { what, input, heard: meaning } = entryOf(keys, { question, scene, standing });
    if (!('path' in meaning)) continue;
    const choice = `${meaning.path} ${meaning.chosen ?? ''}`;
    const cost = keys === '*' ? COST.star : COST.first + found.size * COST.other;
    if (!found.has(choice)) found.set(choice, { kind: 'entry', what, path: meaning.path, input, cost });
  }
  return [...found.values()];
}

interface Asked {
  readonly question: Question;
  readonly scene: Scene;
  readonly standing: Standing;
}

function entryOf(keys: string, { question, scene, standing }: Asked): Entry {
  const { body, kind } = standing.block('listen');
  const { options, speech, keys: full = 0 } = question;
  const spelled = keys.split('').join(' ');
  if (speech === 'only') {
    const said = { text: spelled, confidence: 1 };
    const meaning = kind.hearSpeech?.(body, { ...said, locale: standing.wordings.locale }, scene) ?? { wrong: true };
    return { what: `say ${spelled}`, input: heard({ type: 'speech', ...said }), heard: meaning };
  }
  // An entry that is over before it is full is ended by hash.
  const end = options === undefined && keys !== '*' && keys.length < full ? ' #' : '';
  const aloud = speech === 'also' && keys !== '*' ? ', or say it' : '';
  const input = heard({ type: 'keys', digits: keys });
  return { what: `press ${spelled}${end}${aloud}`, input, heard: kind.hear(body, keys, scene) };
}

/** A key, or an entry ended too early, that the question does not understand; none where there is no such thing. */
function wrongEntry(standing: Standing): readonly Omit<Happening, 'cost'>[] {
  const { body, kind } = standing.block('listen');
  const scene = standing.scene();
  const { options, speech } = kind.question(body, scene);
  const wrong = { kind: 'wrong-key', path: 'wrong-keys' } as const;
  if (speech === 'only')
    return [
      { ...wrong, what: 'say something else', input: heard({ type: 'speech', text: 'something else', confidence: 1 }) },
    ];
  const isMenu = options !== undefined;
  const isWrong = (meaning: Heard): boolean => 'wrong' in meaning || (!isMenu && 'partial' in meaning);
  const tried = isMenu ? '987654321#0*'.split('') : [SAMPLE_DIGITS.slice(0, 1), '*', SAMPLE_DIGITS.slice(0, 33)];
  const digits = tried.find((each) => isWrong(kind.hear(body, each, scene)));
  if (digits === undefined) return [];
  const ended = !isMenu && digits !== '*';
  const input = heard({ type: 'keys', digits, ...(ended ? { ended } : {}) });
  return [{ ...wrong, what: `press ${digits.split('').join(' ')}${ended ? ' #' : ''}`, input }];
}

function heard(incoming: Extract<StepInput, { type: 'heard' }>['incoming']): StepInput {
  return { type: 'heard', incoming };
}
