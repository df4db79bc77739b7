import { grammarOf, type Collect } from '../../core/blocks/collect.ts';
import { VERBS } from '../../core/blocks/index.ts';
import { inMinutes } from '../../core/verification/code.ts';
import type { Wordings } from '../../core/call/prompts.ts';
import { transcript } from '../../core/call/verbs.ts';
import type { Block, Callflow } from '../../core/callflow/callflow.ts';

/** What its verb is about: "6 digits", "Segment", "two-factor"; empty where the verb says it all. */
export function detailOf(block: Block, callflow: Callflow): string {
  const kind = VERBS.get(block.verb)?.kind;
  if (kind?.does === 'set') return listOf(kind.variables(block.body));
  if (kind?.does === 'decide') return kind.variable(block.body);
  if (kind?.does === 'link') return kind.callflow(block.body);
  if (block.verb === 'service') return VERBS.get(block.verb)?.service?.(block.body) ?? '';
  return block.verb === 'collect' ? digitsOf(grammarOf(block.body as Collect, callflow)) : '';
}

/** What callers hear there, its beginning; else what the block does. Null where `detailOf` has told all. */
export function textOf(
  block: Block,
  callflow: Callflow,
  wordings: Wordings | null,
): { readonly words: string; readonly spoken: boolean } | null {
  const verb = VERBS.get(block.verb);
  if (verb?.kind.does === 'perform')
    return block.verb === 'service' ? null : { words: verb.summary.replace(/\.$/, ''), spoken: false };
  const [prompt] = verb?.prompts?.(block.body) ?? [];
  const words = prompt === undefined || wordings === null ? null : wordsOf(prompt, callflow, wordings);
  return words === null ? null : { words, spoken: true };
}

/** What a prompt says, with sample values, and with `[Name]` for what only a call knows. */
function wordsOf(prompt: string, callflow: Callflow, wordings: Wordings): string | null {
  const { digits, lasts } = callflow.settings.code;
  const minutes = inMinutes(lasts);
  const samples: Readonly<Record<string, string | number>> = { ...SAMPLES, digits, minutes };
  const wording = ['ask', ...callflow.settings.methods].reduce(
    (found, variant) => found ?? wordings.prompts.get(`${prompt}.${variant}`),
    wordings.prompts.get(prompt),
  );
  if (wording === undefined) return null;
  const values = wording.variables.map(
    (name) => [name, Object.hasOwn(samples, name) ? (samples[name] ?? '') : `[${name}]`] as const,
  );
  return transcript(wording.speak(Object.fromEntries(values)));
}

/** A caller's destinations, masked: what `first`, `domain` and `last2` hold. */
const SAMPLES = { first: 'A', domain: 'example.com', last2: '56', method: '', left: 2, sends: 1 };

function listOf(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
}

function digitsOf({ least, most }: { readonly least: number; readonly most: number }): string {
  return least === most ? `${most} digits` : `${least} to ${most} digits`;
}

/** As much of a text as has room in `most` characters, whole words of it. */
export function beginningOf(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf(' ', most - 1);
  return `${text.slice(0, end > 0 ? end : most - 1).replace(/[\s,.:;]+$/, '')}…`;
}
