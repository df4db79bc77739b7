import { z } from 'zod';
import { AUDIO_NAME, audioPath, type AudioFile } from '../callflow/audio-file.ts';
import { explainIssues } from '../callflow/explain-issue.ts';
import type { Finding } from '../callflow/finding.ts';
import { locale, name, text } from '../callflow/names.ts';
import { readAs } from '../callflow/read-as.ts';
import { readYaml, type YamlFile } from '../callflow/yaml.ts';
import { builtInLockMessages } from './lock-messages.ts';
import { textsIn, type PromptText } from './prompt-texts.ts';
import { readText } from './html-wording.ts';
import { WordingFault } from './wording-fault.ts';
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
export const CALL_VALUES = [
  'digits',
  'minutes',
  'authenticator',
  'method',
  'left',
  'sends',
  'known',
  'first',
  'domain',
  'last2',
  'destination',
] as const;

export type CallValue = (typeof CALL_VALUES)[number];

const recorded = z.strictObject({
  text: text.describe('What the recording says: its transcript, and what is spoken where it cannot be played.'),
  audio: z
    .string({ error: 'The name of a recording goes here.' })
    .regex(
      AUDIO_NAME,
      'A recording is a file in the folder audio/ beside this one, by its name alone: letters, digits, hyphens and underscores, for example welcome-back.wav.',
    )
    .max(100, 'Names of recordings are at most 100 characters long.')
    .describe('The recording, a file in the folder audio/ beside this one.'),
});

const variant = name.refine(
  (written) => written !== 'text' && written !== 'audio',
  '`text` and `audio` are no names of variants: together, and only these two, they are a recording and what it says.',
);

export const promptFileSchema = z.strictObject({
  locale: locale.describe('The language of the file, as its folder is called.'),
  voice: z.string().max(64).optional().describe("The platform's name of a voice, for example Polly.Joanna."),
  'menu-item': text.optional().describe('How an option and its key are said: "{option}, press {key}."'),
  'zero-item': text.optional().describe('How key 0 is offered in menus.'),
  'key-names': z
    .strictObject({
      star: z.string().describe('The star key, for example star.'),
      hash: z.string().describe('The hash key, for example pound.'),
    })
    .optional()
    .describe('How the two keys that are no figures are called.'),
  prompts: z
    .record(
      name,
      z.union([text, recorded, z.record(variant, z.union([text, recorded]))], {
        error: 'A prompt is one text, a recording with what it says ({ text, audio }), or several of these by name.',
      }),
    )
    .default({})
    .describe('What is said, by name: one text, a recording with its text, or several of these by name.'),
  messages: z
    .record(name, text)
    .default({})
    .describe(
      'The texts that codes are sent in, by method; for email also `email-subject` and, as HTML, `email-html`. What holders of accounts are told of a lock: `locked-email`, `locked-email-subject`, `locked-sms`.',
    ),
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
  /** Where the recordings of some of them are served (`Utterance.audio`). */
  readonly recordings: ReadonlyMap<string, string>;
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

/** The recordings at hand in one locale, by name. */
export type Recordings = ReadonlyMap<string, AudioFile>;

/**
 * Reads one prompt file on top of `base`. Everything wrong with it comes back as findings. What is recorded in a file
 * that is not among `audio` is spoken.
 */
export function loadWordings(
  source: { readonly file: string; readonly text: string },
  base: Wordings | null,
  audio: Recordings = new Map(),
): LoadedWordings {
  const file = readYaml(source.file, source.text);
  if (file.findings.length > 0) return { wordings: null, findings: file.findings };
  const parsed = readAs(promptFileSchema, file.value);
  if (!parsed.success)
    return { wordings: null, findings: explainIssues(parsed.error.issues, { file, schema: promptFileSchema, at: [] }) };
  const { data } = parsed;
  const findings: Finding[] = [];
  const read = (text: PromptText): Wording | null => {
    const { written, path } = text;
    try {
      return readText(text, data.locale);
    } catch (error) {
      if (!(error instanceof WordingFault)) throw error;
      const { message: reason, fix, offset } = error;
      const at = file.placeIn(path, offset, error.endIn(written));
      const message = `This wording cannot be read: ${reason}`;
      findings.push({ code: 'CF301', severity: 'error', message, fix, at });
      return null;
    }
  };
  const texts = textsIn(data);
  const readAll = (kind: PromptText['kind']): [string, Wording][] =>
    texts
      .filter((each) => each.kind === kind)
      .flatMap((each) => {
        const wording = read(each);
        return wording === null ? [] : [[each.key, wording] as [string, Wording]];
      });
  const wordings: Wordings = {
    locale: data.locale,
    voice: data.voice ?? base?.voice ?? null,
    menuItem: readAll('menu-item')[0]?.[1] ?? base?.menuItem ?? readWording('{option}, press {key}.', data.locale),
    zeroItem:
      readAll('zero-item')[0]?.[1] ?? base?.zeroItem ?? readWording('To speak to someone, press zero.', data.locale),
    keyNames: data['key-names'] ?? base?.keyNames ?? { star: 'star', hash: 'hash' },
    prompts: new Map([...(base?.prompts ?? []), ...readAll('prompt')]),
    recordings: recordingsIn(texts, base, audio),
    messages: new Map([...(base?.messages ?? builtInLockMessages(data.locale)), ...readAll('message')]),
  };
  return findings.length > 0 ? { wordings: null, findings } : { wordings, text: data, yaml: file, findings: [] };
}

/** A prompt that a file words anew has lost the recording of the words before. */
function recordingsIn(
  texts: readonly PromptText[],
  base: Wordings | null,
  audio: Recordings,
): ReadonlyMap<string, string> {
  const recordings = new Map(base?.recordings);
  for (const text of texts) {
    if (text.kind !== 'prompt') continue;
    const file = text.audio === null ? undefined : audio.get(text.audio);
    if (file === undefined) recordings.delete(text.key);
    else recordings.set(text.key, audioPath(file));
  }
  return recordings;
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

function utterance(wordings: Wordings, prompt: string, parts: Utterance['parts']): Utterance {
  const audio = wordings.recordings.get(prompt);
  return { ...spoken(wordings, prompt, parts), ...(audio === undefined ? {} : { audio }) };
}

/** Something that is spoken whether the prompt is recorded or not, since it is put together from several texts. */
export function spoken(wordings: Wordings, prompt: string, parts: Utterance['parts']): Utterance {
  return { prompt, parts, language: wordings.locale, ...(wordings.voice === null ? {} : { voice: wordings.voice }) };
}

/** Whether a prompt of this name exists, as one text or as variants. */
export function hasPrompt(wordings: Wordings, prompt: string): boolean {
  return wordings.prompts.has(prompt) || [...wordings.prompts.keys()].some((key) => key.startsWith(`${prompt}.`));
}
