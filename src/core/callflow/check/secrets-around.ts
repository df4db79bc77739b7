import type { Callflow } from '../callflow.ts';
import type { Project } from '../project.ts';
import { linkedFrom, secretsIn } from '../secrets.ts';

/** What callers enter as a code or a secret, in a callflow or in one that calls to it come through. */
export function secretsAround(callflow: Callflow, project: Project): ReadonlySet<string> {
  const find = (name: string): Callflow | undefined => project.callflows.get(name)?.callflow;
  const together = [...project.callflows.values()]
    .map((first) => linkedFrom(first.callflow, find))
    .filter((linked) => linked.has(callflow))
    .flatMap((linked) => [...linked]);
  return secretsIn(together);
}
