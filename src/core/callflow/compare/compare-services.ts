import { lasting, listed } from '../in-words.ts';
import type { Callflow } from '../callflow.ts';
import type { Change } from './change.ts';
import { changed, leavesOf } from './leaves.ts';
import type { Side, Sides } from './sides.ts';

/** What stands behind the blocks: the services of both versions. */
export function compareServices({ before, after }: Sides): readonly Change[] {
  const names = Object.keys(after.callflow.services).filter((name) => Object.hasOwn(before.callflow.services, name));
  return names.flatMap((name) => {
    const [was, is] = [leavesIn(before, name), leavesIn(after, name)];
    return [...new Set([...was.keys(), ...is.keys()])]
      .filter((key) => was.get(key) !== is.get(key))
      .map((key): Change => {
        const text = `The service ${name}: ${changed(key, was.get(key), is.get(key))}`;
        return { about: 'service', name, text, security: null };
      });
  });
}

/** With the defaults of what is not written, and addresses as they are. */
function leavesIn({ callflow, written }: Side, name: string): ReadonlyMap<string, string> {
  const { timeout, send, ...rest } = callflow.services[name] as Callflow['services'][string];
  return new Map([
    ...leavesOf(rest),
    ['timeout', lasting(timeout)],
    ['send', listed(send)],
    ...['production', 'test'].flatMap((key): [string, string][] => {
      const address = written.services[name]?.[key];
      return typeof address === 'string' ? [[key, address]] : [];
    }),
  ]);
}
