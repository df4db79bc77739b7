import { VERBS } from '../../../core/blocks/index.ts';
import type { ContactMethod } from '../../../core/call/session.ts';
import type { Callflow } from '../../../core/callflow/callflow.ts';
import type { Flow } from '../../../core/callflow/compile.ts';
import { TRAITS, type Traits } from '../../../core/method.ts';

/** The digits that the caller of a script enters, as many as are asked for; a code is their beginning, too. */
export const SAMPLE_DIGITS = '482913057648291305764829130576482';

const SAMPLE_DESTINATIONS: Readonly<Record<Traits['to'], string>> = {
  mailbox: 'ana@example.com',
  number: '+12025550156',
  nobody: '',
};

/** The methods that a callflow offers and has words for, in its order. */
export function sampleMethods(
  { callflow, wordings }: Pick<Flow, 'callflow' | 'wordings'>,
  locale: string,
): readonly ContactMethod[] {
  const prompts = [...callflow.blocks.values()].flatMap((block) =>
    block.verb === 'choose-method' ? (VERBS.get(block.verb)?.prompts?.(block.body) ?? []) : [],
  );
  const known = wordings.get(locale)?.prompts;
  return callflow.settings.methods
    .filter((method) => prompts.every((prompt) => known?.has(`${prompt}.${method}`) === true))
    .map((method) => ({ method, destination: SAMPLE_DESTINATIONS[TRAITS[method].to] }));
}

/** What a linking callflow or the start request would hand in. */
export function sampleInputs(callflow: Callflow): Readonly<Record<string, string>> {
  const { settings, inputs, account } = callflow;
  const values: Readonly<Record<string, string | undefined>> = {
    ...(account === null ? {} : { [account]: SAMPLE_DIGITS.slice(0, 4) }),
    [settings['customer-email-variable']]: SAMPLE_DESTINATIONS.mailbox,
    [settings['customer-phone-variable']]: SAMPLE_DESTINATIONS.number,
  };
  return Object.fromEntries(inputs.map((name) => [name, values[name] ?? '']));
}
