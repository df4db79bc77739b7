import type { Reply } from '../core/contracts/turns.ts';
import { dialTarget, inWords, toVerbs, type Plan } from '../core/call/render.ts';
import { speak } from '../core/call/prompts.ts';
import type { Library } from '../core/call/step.ts';
import type { Utterance } from '../core/call/verbs.ts';
import type { Parts } from './parts.ts';

/**
 * The nonce of the dial in a reply that no call stands behind. Real nonces have 22 characters, so it never meets one;
 * what follows that dial depends on nothing but how it ended.
 */
export const NO_CALL = 'no-call';

type Some = Pick<Parts, 'libraries' | 'links' | 'write'>;

/** A standard prompt in this locale, else in the default one. */
export function standardPrompt(library: Library, name: string, locale: string): readonly Utterance[] {
  const wordings = library.standard.get(locale) ?? library.standard.get(library.defaultLocale);
  const said = wordings === undefined ? null : speak(wordings, { name, variants: [] }, {});
  return said === null ? [] : [said];
}

/** The apology that needs no call and no store: then the agent, or the end. */
export function technicalProblem(parts: Some): Reply {
  const { newest } = parts.libraries;
  const { agent, defaultLocale } = newest;
  const spoken = standardPrompt(newest, 'technical-problem', defaultLocale);
  if (agent === '') return reply(parts, { kind: 'hang-up', spoken });
  const leave = {
    kind: 'leave',
    spoken,
    way: { kind: 'dial', to: agent },
    reason: 'error',
    verified: false,
    nonce: NO_CALL,
  } as const;
  return reply(parts, leave);
}

/** What follows the dial of `technicalProblem`. */
export function afterLostDial(parts: Some, reached: boolean): Reply {
  const { newest } = parts.libraries;
  const spoken = reached ? [] : standardPrompt(newest, 'no-one-available', newest.defaultLocale);
  return reply(parts, { kind: 'hang-up', spoken });
}

export function hangUp(parts: Some): Reply {
  return reply(parts, { kind: 'hang-up', spoken: [] });
}

export function redirectTo(parts: Some, url: string): Reply {
  return reply(parts, { kind: 'redirect', url });
}

/** The document for when the server is gone: it needs nothing of ours and still reaches a person. */
export function staticFallback({ library, write }: { readonly library: Library } & Pick<Parts, 'write'>): Reply {
  const spoken = standardPrompt(library, 'technical-problem', library.defaultLocale);
  const said = spoken.map((utterance) => ({ verb: 'say', utterance }) as const);
  const dial = library.agent === '' ? [] : [{ verb: 'dial', to: dialTarget(library.agent, {}) } as const];
  return write([...said, ...dial, { verb: 'hangup' }]);
}

/** Always in words: where something has failed, a recording would be one more thing that can. */
function reply({ links, write }: Some, plan: Plan): Reply {
  return write(toVerbs(plan, inWords(links)));
}
