import { openDoors } from '../check/behind-the-code.ts';
import { successProof } from '../check/success-proof.ts';
import type { Change } from './change.ts';
import type { Side, Sides } from './sides.ts';

/**
 * Ways to the exit `success` on which no code is checked, and ways around the code to what stands behind it: what the
 * checker finds in one version and not in the other.
 */
export function compareProof({ before, after }: Sides): readonly Change[] {
  const [was, is] = [unproved(before), unproved(after)];
  return [
    ...[...is]
      .filter(([text]) => !was.has(text))
      .map(([text, about]) => ({ ...about, text, security: 'looser' }) as const),
    ...[...was]
      .filter(([text]) => !is.has(text))
      .map(([text, about]) => ({ ...about, text: `No longer: ${text}`, security: 'tighter' }) as const),
  ];
}

/** What the checker says, each with what it is about. */
function unproved({ file, project }: Side): ReadonlyMap<string, Pick<Change, 'about' | 'name'>> {
  const ways = successProof.of === 'callflow' ? [...successProof.check(file, project)] : [];
  return new Map<string, Pick<Change, 'about' | 'name'>>([
    ...ways.map(({ message }) => [message, { about: 'success', name: 'success' }] as const),
    ...openDoors(file, project).map(({ message, node }) => [message, { about: 'block', name: node }] as const),
  ]);
}
