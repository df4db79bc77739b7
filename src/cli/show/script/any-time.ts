import { speak } from '../../../core/call/prompts.ts';
import type { Library } from '../../../core/call/step.ts';
import type { Line } from './screenplay.ts';

/** Standard prompts that no block says, and when they are heard. */
const WHEN = {
  'one-moment': 'something takes longer than a few seconds',
  'no-one-available': 'a number that was dialled does not answer',
  'technical-problem': 'something is broken',
} as const;

export function anyTime(call: { readonly library: Library; readonly locale: string }): readonly (readonly Line[])[] {
  const { standard, defaultLocale } = call.library;
  const wordings = standard.get(call.locale) ?? standard.get(defaultLocale);
  return Object.entries(WHEN).map(([prompt, when]) => {
    const spoken = wordings === undefined ? null : speak(wordings, { name: prompt, variants: [] }, {});
    const heard: readonly Line[] = spoken === null ? [] : [{ kind: 'line', spoken: [spoken] }];
    return [{ kind: 'note', text: when }, ...heard];
  });
}
