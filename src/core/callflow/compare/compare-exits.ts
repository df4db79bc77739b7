import { describeExit, type DescribedExit } from '../describe-exit.ts';
import type { Change } from './change.ts';
import type { Side, Sides } from './sides.ts';

/** The exits that callers can leave by, and what these do. What they say is compared with the words. */
export function compareExits({ before, after, now, renamed }: Sides): readonly Change[] {
  const was = new Map(exitsOf(before).map((exit) => [now(exit.name), exit]));
  const is = new Map(exitsOf(after).map((exit) => [exit.name, exit]));
  const about = (name: string, text: string): Change => ({ about: 'exit', name, text, security: null });
  return [
    ...[...is.values()]
      .filter(({ name }) => !was.has(name))
      .map(({ name, does }) => about(name, `Callers can now leave by the exit ${name}, which ${does}.`)),
    ...[...was]
      .filter(([name]) => !is.has(name))
      .map(([, { name, does }]) => about(name, `Callers can no longer leave by the exit ${name}, which ${does}.`)),
    ...[...was].flatMap(([name, exit]) => {
      const present = is.get(name);
      if (present === undefined || present.does === exit.does) return [];
      return [about(name, `The exit ${name} now ${present.does}; before: ${exit.does}.`)];
    }),
    ...[...renamed]
      .filter(([name]) => Object.hasOwn(before.written.exits, name))
      .map(([name, present]) => about(present, `The exit ${name} is called ${present} now.`)),
  ];
}

function exitsOf({ written, graph, reached }: Side): readonly DescribedExit[] {
  return [...graph.nodes.values()]
    .filter(({ kind, name }) => kind === 'exit' && reached.has(name))
    .map(({ name }) => describeExit(name, written.exits[name]));
}
