import type { Given, Step } from '../../core/scenario/scenario-schema.ts';
import type { Improviser, Question } from '../improviser.ts';
import type { Played } from '../record.ts';
import { answersTo, silence } from './answers.ts';
import { Corpus } from './corpus.ts';
import type { Explorer, Scripted } from './explorer.ts';
import { countCall, emptyTally, type Tally } from './tally.ts';

const A_WHILE: readonly Step[] = [{ later: 25_000 }, { later: 6 * 60_000 }];

/**
 * The shortest calls: to each path (`ways`), those of the scenarios, and to each question: every answer to the first one,
 * then every answer to those that it leads to, and so on. A question that was come to before with as many sends and
 * attempts is not asked again.
 */
export async function playFirstCalls(
  explorer: Explorer,
  options: { readonly ways: readonly Scripted[]; readonly most: number; readonly stopped: () => boolean },
): Promise<{ readonly tally: Tally; readonly calls: readonly Scripted[] }> {
  const { ways, most, stopped } = options;
  const tally = emptyTally();
  const corpus = new Corpus();
  const places = new Set<string>();
  const { examples, givens } = explorer;
  let waiting: readonly Scripted[] = [...ways, ...givens.map((given) => ({ given, steps: [] })), ...examples];
  for (let next = waiting[0]; next !== undefined && tally.callers < most && !stopped(); next = waiting[0]) {
    const call = next;
    const looks = new Looks();
    const played = await explorer.play(call, looks);
    countCall(tally, played, explorer.brokenBy(call, played));
    corpus.offer(call, played);
    const more = looks.question === null ? [] : further(call, looks.question, explorer);
    waiting = [...waiting.slice(1), ...(isNew(places, played, call.given) ? more : [])];
  }
  return { tally, calls: corpus.calls };
}

/** Looks at the first question for which there is no step, and hangs up. */
export class Looks implements Improviser {
  question: Question | null = null;

  answer(question: Question): readonly Step[] {
    this.question = question;
    return [];
  }

  afterCall(): readonly Step[] {
    return [];
  }
}

/** The call with one more answer, by each that fits. */
export function further({ given, steps }: Scripted, question: Question, { simulator }: Explorer): readonly Scripted[] {
  const { on, astray } = answersTo(question, simulator.reader);
  const late = on.slice(0, 1).flatMap((step) => A_WHILE.map((before) => [before, step]));
  const answers = [...[...on, ...astray, silence(question)].map((step) => [step]), ...late];
  return answers.map((answer) => ({ given, steps: [...steps, ...answer] }));
}

function isNew(places: Set<string>, { happened, taken }: Played, given: Given): boolean {
  const heard = happened.flatMap((each) => (each.kind === 'line' ? (each.prompts?.[0] ?? []) : [])).at(-1);
  const last = taken.at(-1);
  const sum = happened.findLast((each) => each.kind === 'sum')?.sum;
  const before = places.size;
  places.add(JSON.stringify([given, heard, last, sum?.sends, sum?.attempts]));
  return places.size > before;
}
