import { z } from 'zod';
import { explainIssues } from '../callflow/explain-issue.ts';
import type { Finding } from '../callflow/finding.ts';
import { locale, name, text } from '../callflow/names.ts';
import { readYaml, type YamlFile } from '../callflow/yaml.ts';
import { readWording, type PromptValues, type Wording } from './wording.ts';
import type { Utterance } from './verbs.ts';

/** Prompts that every locale has, whatever the callflow. */
export const STANDARD_PROMPTS = [
  'silence',
  'unknown-key',
  'wrong-length',
  'one-moment',
  'on-its-way',
  'transferring',
  'no-one-available',
  'technical-problem',
  'goodbye',
] as const;

/** What prompts may name besides the variables of the callflow: what the call itself knows. */
export const CALL_VALUES = ['digits', 'minutes', 'method', 'left', 'sends', 'first', 'domain', 'last2'] as const;

export const promptFileSchema = z.strictObject({
  locale,
  voice: z.string().max(64).optional().describe("The platform's name of a voice, for example Polly.Joanna."),
  'menu-item': text.optional().describe('How an option and its key are said: "{option}, press {key}."'),
  'zero-item': text.optional().describe('How key 0 is offered in menus.'),
  'key-names': z.strictObject({ star: z.string(), hash: z.string() }).optional(),
  prompts: z.record(name, z.union([text, z.record(name, text)])).default({}),
  messages: z.record(name, text).default({}).describe('The texts that codes are sent in.'),
});

export type PromptFileText = z.output<typeof promptFileSchema>;

/** The wording of one callflow in one locale: its own, on top of the locale's standard prompts. */
export interface Wordings {
  readonly locale: string;
  readonly voice: string | null;
  readonly menuItem: Wording;
  readonly zeroItem: Wording;
  readonly keyNames: { readonly star: string; readonly hash: string };
  /** By `prompt` or `prompt.variant`. */
  readonly prompts: ReadonlyMap<string, Wording>;
  readonly messages: ReadonlyMap<string, Wording>;
}

export type LoadedWordings =
  | {
      readonly wordings: Wordings;
      readonly text: PromptFileText;
      readonly yaml: YamlFile;
      readonly findings: readonly [];
    }
  | { readonly wordings: null; readonly findings: readonly Finding[] };

/** Reads one prompt file on top of `base`. Everything wrong with it comes back as findings. */
export function loadWordings(
  source: { readonly file: string; readonly text: string },
  base: Wordings | null,
): LoadedWordings {
  const file = readYaml(source.file, source.text);
  if (file.findings.length > 0) return { wordings: null, findings: file.findings };
  const parsed = promptFileSchema.safeParse(file.value);
  if (!parsed.success)
    return { wordings: null, findings: explainIssues(parsed.error.issues, { file, schema: promptFileSchema, at: [] }) };
  const { data } = parsed;
  const findings: Finding[] = [];
  const read = (written: string, path: readonly PropertyKey[]): Wording | null => {
    try {
      return readWording(written, data.locale);
    } catch (error) {
      const reason = error instanceof Error ? error.message.replace(/^[A-Z_]+$/, inWords) : String(error);
      findings.push({
        code: 'CF301',
        severity: 'error',
        message: `This wording cannot be read: ${reason}.`,
        fix: 'Placeholders stand in braces: {digits}. Tags are closed: <digits>{last2}</digits>. Write two apostrophes where one stands before a brace.',
        at: file.place(path),
      });
      return null;
    }
  };
  type Entry = readonly [key: string, written: string, path: readonly PropertyKey[]];
  const readAll = (entries: readonly Entry[]): [string, Wording][] =>
    entries.flatMap(([key, written, path]) => {
      const wording = read(written, path);
      return wording === null ? [] : [[key, wording] as [string, Wording]];
    });
  const prompts = Object.entries(data.prompts).flatMap(([prompt, entry]): Entry[] =>
    typeof entry === 'string'
      ? [[prompt, entry, ['prompts', prompt]]]
      : Object.entries(entry).map(([variant, written]): Entry => [
          `${prompt}.${variant}`,
          written,
          ['prompts', prompt, variant],
        ]),
  );
  const messages = Object.entries(data.messages).map(([key, written]): Entry => [key, written, ['messages', key]]);
  const wordings: Wordings = {
    locale: data.locale,
    voice: data.voice ?? base?.voice ?? null,
    menuItem:
      (data['menu-item'] === undefined ? base?.menuItem : read(data['menu-item'], ['menu-item'])) ??
      readWording('{option}, press {key}.', data.locale),
    zeroItem:
      (data['zero-item'] === undefined ? base?.zeroItem : read(data['zero-item'], ['zero-item'])) ??
      readWording('To speak to someone, press zero.', data.locale),
    keyNames: data['key-names'] ?? base?.keyNames ?? { star: 'star', hash: 'hash' },
    prompts: new Map([...(base?.prompts ?? []), ...readAll(prompts)]),
    messages: new Map([...(base?.messages ?? []), ...readAll(messages)]),
  };
  return findings.length > 0 ? { wordings: null, findings } : { wordings, text: data, yaml: file, findings: [] };
}

/** The parser's `EXPECT_ARGUMENT_CLOSING_BRACE` as a person would say it. */
function inWords(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ');
}

/** The first of the variants that there is, as something to say; null when there is none. */
export function speak(
  wordings: Wordings,
  prompt: { readonly name: string; readonly variants: readonly string[] },
  values: PromptValues,
): Utterance | null {
  for (const variant of [...prompt.variants.map((each) => `${prompt.name}.${each}`), prompt.name]) {
    const wording = wordings.prompts.get(variant);
    if (wording !== undefined) return utterance(wordings, variant, wording.speak(values));
  }
  return null;
}

export function utterance(wordings: Wordings, prompt: string, parts: Utterance['parts']): Utterance {
  return { prompt, parts, language: wordings.locale, ...(wordings.voice === null ? {} : { voice: wordings.voice }) };
}

/** Whether a prompt of this name exists, as one text or as variants. */
export function hasPrompt(wordings: Wordings, prompt: string): boolean {
  return wordings.prompts.has(prompt) || [...wordings.prompts.keys()].some((key) => key.startsWith(`${prompt}.`));
}
