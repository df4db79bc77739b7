import { DialproofError } from '../../core/errors.ts';
import { printable } from './printable.ts';

/** A translation that cannot be taken, with everything that is wrong with it. */
export function translationInvalid(problems: readonly string[]): DialproofError {
  const list = problems.map((problem) => `  ${printable(problem)}`).join('\n');
  return new DialproofError('translation-invalid', `The translation cannot be taken as it stands:\n${list}`, {
    fix: 'Nothing was written. Mend what is listed, in the file, and import it again.',
  });
}
