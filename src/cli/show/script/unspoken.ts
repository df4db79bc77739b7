import { VERBS } from '../../../core/blocks/index.ts';
import { transcript } from '../../../core/call/verbs.ts';
import type { Wording } from '../../../core/call/wording.ts';
import type { Flow } from '../../../core/callflow/compile.ts';

/** Prompts of a callflow that stand in no part of a script, as they are written; by name. */
export function unspoken({ callflow, wordings }: Flow, locale: string, script: string): readonly string[] {
  const used = new Set([
    ...[...callflow.blocks.values()].flatMap(({ verb, body }) => VERBS.get(verb)?.prompts?.(body) ?? []),
    ...Object.values(callflow.exits).flatMap(({ say }) => say ?? []),
  ]);
  const bases = new Set([...used].map((name) => name.split('.')[0] ?? ''));
  const heard = squeezed(script);
  return [...(wordings.get(locale)?.prompts ?? [])]
    .filter(([name, wording]) => bases.has(name.split('.')[0] ?? '') && !isIn(heard, wording))
    .map(([name, wording]) => `${name}: ${squeezed(transcript(wording.speak(named(wording))))}\n`);
}

/** Whether all that a wording says besides its variables is there. */
function isIn(heard: string, wording: Wording): boolean {
  const gaps = wording.variables.map((name) => [name, GAP] as const);
  return transcript(wording.speak(Object.fromEntries(gaps)))
    .split(GAP)
    .every((piece) => heard.includes(squeezed(piece)));
}

/** Stands in no prompt. */
const GAP = '\u{e000}';

function named(wording: Wording): Readonly<Record<string, string>> {
  return Object.fromEntries(wording.variables.map((name) => [name, `[${name}]`]));
}

function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
