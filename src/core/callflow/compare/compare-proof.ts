import { successProof } from '../check/success-proof.ts';
import type { Change } from './change.ts';
import type { Side, Sides } from './sides.ts';

/** Ways to the exit `success` on which no code is checked: what the checker's proof finds in one version and not in the other. */
export function compareProof({ before, after }: Sides): readonly Change[] {
  const [was, is] = [unproved(before), unproved(after)];
  return [
    ...[...is].filter((text) => !was.has(text)).map((text) => change(text, 'looser')),
    ...[...was].filter((text) => !is.has(text)).map((text) => change(`No longer: ${text}`, 'tighter')),
  ];
}

function change(text: string, security: Change['security']): Change {
  return { about: 'success', name: 'success', text, security };
}

function unproved({ file, project }: Side): ReadonlySet<string> {
  if (successProof.of !== 'callflow') return new Set();
  return new Set([...successProof.check(file, project)].map(({ message }) => message));
}
