import { VERBS } from '../../../core/blocks/index.ts';
import type { TaskResult } from '../../../core/call/session.ts';
import type { Standing } from '../../../core/call/standing.ts';
import type { Library } from '../../../core/call/step.ts';
import type { CallService, Task } from '../../../core/call/tasks.ts';
import type { Callflow } from '../../../core/callflow/callflow.ts';
import { eventOf } from '../../../core/callflow/path-words.ts';
import { COST, type Happening } from './happening.ts';
import { sampleMethods } from './sample-caller.ts';

/** What may come of a task, what goes well first. */
export function outcomesOf(task: Task, standing: Standing, library: Library): readonly Happening[] {
  const { paths, flow, frame } = standing;
  const block = flow.callflow.blocks.get(frame.block);
  const verb = VERBS.get(block?.verb ?? '');
  const isLimit = (path: string): boolean => verb?.limitPaths?.includes(path) === true;
  const names = Object.keys(paths).filter((path) => mayBe(path, task, paths));
  const well = names.find((path) => !isLimit(path) && !TROUBLE.includes(path));
  return [...names.filter((path) => !isLimit(path)), ...names.filter(isLimit)].flatMap((path) =>
    resultsOf(path, task, { standing, library }).map(({ told = '', result }, index): Happening => ({
      kind: 'event',
      what: `${eventOf(block?.verb ?? '', path)}${told}`,
      path,
      input: { type: 'result', result: { path, ...result } },
      ...(task.type === 'verify-code' && path === 'right' ? { grant: task.account } : {}),
      cost: path === well && index === 0 ? COST.first : COST.trouble,
    })),
  );
}

const TROUBLE: readonly string[] = ['failed', 'error'];

/** Whether a path is one of its own, and one that this caller can come to. */
function mayBe(path: string, task: Task, paths: Readonly<Record<string, string>>): boolean {
  if (path === 'blank') return paths['blank'] !== paths['wrong'];
  return path !== 'nothing-to-send' || (task.type === 'send-code' && task.method === 'authenticator');
}

interface Outcome {
  /** What is to be told besides the path. */
  readonly told?: string;
  readonly result: Omit<TaskResult, 'path'>;
}

/** What a task that comes to this path has found out. */
function resultsOf(
  path: string,
  task: Task,
  at: { readonly standing: Standing; readonly library: Library },
): readonly Outcome[] {
  const { frame, flow } = at.standing;
  const { tallies } = frame.facts;
  switch (task.type) {
    case 'find-methods':
      return [{ result: { found: path === 'found' ? sampleMethods(flow, at.library.defaultLocale) : [] } }];
    case 'send-code': {
      const counted = { sends: (tallies['sends'] ?? 0) + 1, left: task.code.attempts };
      return [{ result: path === 'sent' ? { tallies: counted } : {} }];
    }
    case 'verify-code':
      return [{ result: path === 'wrong' ? { tallies: { left: Math.max(1, (tallies['left'] ?? 1) - 1) } } : {} }];
    case 'service':
      return path === task.failed ? [{ result: {} }] : received(task, flow.callflow);
  }
}

/** Variables that a service sets: their names in brackets, and every value that a `when` of the callflow asks for. */
function received({ receive }: CallService, callflow: Callflow): readonly Outcome[] {
  const variables = Object.fromEntries(Object.keys(receive).map((name) => [name, `[${name}]`]));
  const asked = [...callflow.blocks.values()].flatMap(({ verb, body }) => {
    const kind = VERBS.get(verb)?.kind;
    if (kind?.does !== 'decide' || !Object.hasOwn(receive, kind.variable(body))) return [];
    return Object.keys(kind.values(body)).map((value) => [kind.variable(body), value] as const);
  });
  return [
    { result: { variables } },
    ...asked.map(([name, value]) => ({
      told: `, ${name} is ${value}`,
      result: { variables: { ...variables, [name]: value } },
    })),
  ];
}
