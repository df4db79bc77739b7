import { VERBS } from '../../../core/blocks/index.ts';
import type { Heard } from '../../../core/blocks/verb.ts';
import type { TaskResult } from '../../../core/call/session.ts';
import type { Standing } from '../../../core/call/standing.ts';
import type { Library, StepInput } from '../../../core/call/step.ts';
import type { Task } from '../../../core/call/tasks.ts';
import { SAMPLE_DIGITS, sampleMethods } from './sample-caller.ts';
import { standingOf, type Moment } from './moment.ts';

/** Something that may happen next in a call. */
export interface Happening {
  readonly kind: 'keys' | 'silence' | 'wrong-key' | 'event';
  /** The keys as they are pressed, for example `1` or `482913`; empty for anything else. */
  readonly keys: string;
  /** The path that the block takes by it. */
  readonly path: string;
  readonly input: StepInput;
  /** The account that is verified by it. */
  readonly grant?: string;
  /** The less, the more it belongs to a call in which all goes well. */
  readonly cost: number;
}

const COST = { first: 1, other: 0.1, star: 3, trouble: 10 };

/** Everything that the present block can tell apart, what goes well first. */
export function happeningsAt(library: Library, moment: Moment): readonly Happening[] {
  const standing = standingOf(library, moment);
  if (moment.next.kind === 'perform') return outcomesOf(moment.next.task, standing, library);
  if (moment.next.kind === 'leave') return [];
  const trouble = { keys: '', cost: COST.trouble };
  const silence: Happening = { ...trouble, kind: 'silence', path: 'silences', input: heard({ type: 'silence' }) };
  const wrong = wrongKey(standing);
  return [...entriesOf(standing), silence, ...(wrong === null ? [] : [{ ...wrong, cost: COST.trouble }])];
}

/** One entry for every path and choice, as `hear` itself understands them. */
function entriesOf(standing: Standing): readonly Happening[] {
  const { body, kind } = standing.block('listen');
  const scene = standing.scene();
  const { options, keys: full = 0 } = kind.question(body, scene);
  const lengths = Array.from({ length: 32 }, (_, index) => SAMPLE_DIGITS.slice(0, index + 1));
  const tried = options === undefined ? [...lengths, '*'] : [...'1234567890'.split(''), '*', '#'];
  const found = new Map<string, Happening>();
  for (const digits of tried) {
    const meaning = kind.hear(body, digits, scene);
    if (!('path' in meaning)) continue;
    const choice = `${meaning.path} ${meaning.chosen ?? ''}`;
    if (found.has(choice)) continue;
    // An entry that is over before it is full is ended by hash.
    const keys = options === undefined && digits !== '*' && digits.length < full ? `${digits}#` : digits;
    const cost = digits === '*' ? COST.star : COST.first + found.size * COST.other;
    found.set(choice, { kind: 'keys', keys, path: meaning.path, input: heard({ type: 'keys', digits }), cost });
  }
  return [...found.values()];
}

/** A key, or an entry ended too early, that the question does not understand. */
function wrongKey(standing: Standing): Omit<Happening, 'cost'> | null {
  const { body, kind } = standing.block('listen');
  const scene = standing.scene();
  const isMenu = kind.question(body, scene).options !== undefined;
  const isWrong = (meaning: Heard): boolean => 'wrong' in meaning || (!isMenu && 'partial' in meaning);
  const tried = isMenu ? '987654321#0*'.split('') : [SAMPLE_DIGITS.slice(0, 1), '*', SAMPLE_DIGITS.slice(0, 33)];
  const digits = tried.find((each) => isWrong(kind.hear(body, each, scene)));
  if (digits === undefined) return null;
  const ended = !isMenu && digits !== '*';
  const input = heard({ type: 'keys', digits, ...(ended ? { ended } : {}) });
  return { kind: 'wrong-key', keys: ended ? `${digits}#` : digits, path: 'wrong-keys', input };
}

function heard(incoming: Extract<StepInput, { type: 'heard' }>['incoming']): StepInput {
  return { type: 'heard', incoming };
}

function outcomesOf(task: Task, standing: Standing, library: Library): readonly Happening[] {
  const { paths, flow, frame } = standing;
  const verb = VERBS.get(flow.callflow.blocks.get(frame.block)?.verb ?? '');
  const isLimit = (path: string): boolean => verb?.limitPaths?.includes(path) === true;
  const names = Object.keys(paths).filter((path) => mayBe(path, task, paths));
  const [well] = names.filter((path) => !isLimit(path));
  const inOrder = [...names.filter((path) => !isLimit(path)), ...names.filter(isLimit)];
  return inOrder.map((path): Happening => {
    const result: TaskResult = { path, ...effectOf(path, task, { standing, library }) };
    const verified = task.type === 'verify-code' && path === 'right';
    return {
      kind: 'event',
      keys: '',
      path,
      input: { type: 'result', result },
      ...(verified ? { grant: task.account } : {}),
      cost: path === well ? COST.first : COST.trouble,
    };
  });
}

/** Whether a path is one of its own, and one that this caller can come to. */
function mayBe(path: string, task: Task, paths: Readonly<Record<string, string>>): boolean {
  if (path === 'blank') return paths['blank'] !== paths['wrong'];
  return path !== 'nothing-to-send' || (task.type === 'send-code' && task.method === 'authenticator');
}

/** What a task that comes to this path has found out. */
function effectOf(
  path: string,
  task: Task,
  at: { readonly standing: Standing; readonly library: Library },
): Omit<TaskResult, 'path'> {
  const { frame } = at.standing;
  const { tallies } = frame.facts;
  switch (task.type) {
    case 'find-methods':
      return { found: path === 'found' ? sampleMethods(at.standing.flow, at.library.defaultLocale) : [] };
    case 'send-code':
      return path === 'sent' ? { tallies: { sends: (tallies['sends'] ?? 0) + 1, left: task.code.attempts } } : {};
    case 'verify-code':
      return path === 'wrong' ? { tallies: { left: Math.max(1, (tallies['left'] ?? 1) - 1) } } : {};
  }
}
