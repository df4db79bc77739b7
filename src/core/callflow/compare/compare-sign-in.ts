import { formatDuration } from '../../duration.ts';
import type { SignInPolicy } from '../../sign-in/policy.ts';
import { looserIfMore, type Change } from './change.ts';
import { changed } from './leaves.ts';
import type { Sides } from './sides.ts';

/** When a web sign-in needs a code. */
export function compareSignIn({ before, after }: Sides): readonly Change[] {
  const [was, is] = [before.callflow.signIn, after.callflow.signIn];
  if (was !== null && is !== null) return [...numbers(was, is), ...others(was, is)];
  if (was === is) return [];
  const text =
    is === null
      ? 'This callflow is for the telephone now, and no sign-in begins with it.'
      : 'This callflow is for web sign-in now, and no number is answered by it.';
  return [change('sign-in', text, null)];
}

/** What more of lets more sign-ins pass without a code, by its name in the file. */
const NUMBERS: Readonly<Record<string, (policy: SignInPolicy) => number>> = {
  ttl: ({ ttl }) => ttl * 1000,
  'ask-again.after-no-sign-in': ({ askAgain }) => askAgain.afterNoSignIn,
  'ask-again.after-authorisation': ({ askAgain }) => askAgain.afterAuthorisation,
  'devices.remembered': ({ devices }) => devices.remembered,
  'devices.most': ({ devices }) => devices.most,
};

function numbers(was: SignInPolicy, is: SignInPolicy): readonly Change[] {
  return Object.entries(NUMBERS).flatMap(([name, of]) => {
    const written = (number: number): string => (name === 'devices.most' ? String(number) : formatDuration(number));
    const [before, after] = [of(was), of(is)];
    if (before === after) return [];
    return change(
      name,
      changed(`The sign-in key ${name}`, written(before), written(after)),
      looserIfMore(before, after),
    );
  });
}

/** Of other hours and exemptions nobody can say whether they let more people in: they are marked, to be looked at. */
function others(was: SignInPolicy, is: SignInPolicy): readonly Change[] {
  const found: Change[] = [];
  const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
  if (was.askAgain.whenBrowserChanges !== is.askAgain.whenBrowserChanges)
    found.push(
      is.askAgain.whenBrowserChanges
        ? change('ask-again', 'A browser that has changed is asked for a code.', 'tighter')
        : change('ask-again', 'A browser that has changed is not asked for a code any more.', 'looser'),
    );
  if (!same(was.hours, is.hours))
    found.push(change('hours', 'The hours of sign-in have changed.', was.hours === null ? 'tighter' : 'looser'));
  if (!same(was.exempt, is.exempt))
    found.push(
      change(
        'exempt',
        'The services that sign in without a code have changed.',
        is.exempt.length === 0 ? 'tighter' : 'looser',
      ),
    );
  return found;
}

function change(name: string, text: string, security: Change['security']): Change {
  return { about: 'sign-in', name, text, security };
}
