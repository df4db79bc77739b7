import { openDoors } from '../check/behind-the-code.ts';
import { successProof } from '../check/success-proof.ts';
import type { Change } from './change.ts';
import type { Side, Sides } from './sides.ts';

/**
 * Ways to the exit `success` on which no code is checked, and ways around the code to what stands behind it: what the
 * checker finds in one version and not in the other.
 */
export function compareProof({ before, after }: Sides): readonly Change[] {
  const [was, is] = [waysAround(before), waysAround(after)];
  const among = (changes: readonly Change[], { text }: Change): boolean => changes.some((each) => each.text === text);
  return [
    ...is.filter((change) => !among(was, change)),
    ...was
      .filter((change) => !among(is, change))
      .map((change): Change => ({ ...change, text: `No longer: ${change.text}`, security: 'tighter' })),
  ];
}

/** What the checker says of one version, as changes from one that has no such way. */
export function waysAround({ file, project }: Pick<Side, 'file' | 'project'>): readonly Change[] {
  const ways = successProof.of === 'callflow' ? [...successProof.check(file, project)] : [];
  return [
    ...ways.map(({ message }) => ({ about: 'success', name: 'success', text: message, security: 'looser' }) as const),
    ...openDoors(file, project).map(
      ({ message, node }) => ({ about: 'block', name: node, text: message, security: 'looser' }) as const,
    ),
  ];
}
