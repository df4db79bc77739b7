import { transcript, type SpeechPart } from '../core/call/verbs.ts';
import type { Step } from '../core/scenario/scenario-schema.ts';

/** One thing that was heard. Its words are put together only when somebody asks for them: most calls are heard by none. */
export class Sentence {
  readonly prompts: readonly string[];
  private readonly parts: readonly SpeechPart[];
  private words: string | null = null;

  constructor(prompts: readonly string[], parts: readonly SpeechPart[]) {
    this.prompts = prompts;
    this.parts = parts;
  }

  get text(): string {
    return (this.words ??= transcript(this.parts));
  }

  /** Whether these digits are spoken, in one go or one by one. */
  speaks(digits: string): boolean {
    const all = joined(this.parts);
    return A_CODE.test(all) && all.replaceAll(' ', '').includes(digits);
  }
}

/** Fewer digits are no code. */
const A_CODE = /\d(?: *\d){3}/;

function joined(parts: readonly SpeechPart[]): string {
  let all = '';
  for (const part of parts)
    if (part.kind === 'slow') all += joined(part.parts);
    else if (part.kind !== 'pause') all += part.text;
  return all;
}

type Hears = Extract<Step, { readonly hears: string }>;

/** What a caller has heard in a call, and how much of it the scenario has named. */
export class CallEar {
  readonly all: Sentence[] = [];
  private named = 0;
  private asked = 0;

  hears(prompts: readonly string[], parts: readonly SpeechPart[]): void {
    this.all.push(new Sentence(prompts, parts));
  }

  /** The caller does something: what was heard before cannot be what comes of it. */
  acts(): void {
    this.named = this.all.length;
  }

  /** A request goes out: what is heard from now on belongs to the next question. */
  asks(): void {
    this.asked = this.all.length;
  }

  /** Whether the prompt was heard after those that were named before, and since the caller did something; it is named then. */
  heard(step: Hears): boolean {
    const found = this.all.findIndex((sentence, index) => index >= this.named && isOf(step, sentence));
    if (found < 0 || (step.exactly === true && found !== this.named)) return false;
    this.named = found + 1;
    return true;
  }

  /** Whether it was heard, too early to be what the step names. */
  heardBefore(step: Hears): boolean {
    return this.all.slice(0, this.named).some((sentence) => isOf(step, sentence));
  }

  /** The sentences of the present question. */
  get question(): readonly Sentence[] {
    return this.all.slice(this.asked);
  }

  /** What was heard since the last prompt that was named, and since the caller did something. */
  sinceLast(): string {
    return inWords(this.all.slice(this.named));
  }

  last(): string {
    return inWords(this.all.slice(-1));
  }
}

function isOf({ hears, wording }: Hears, sentence: Sentence): boolean {
  const isPrompt = sentence.prompts.some((prompt) => prompt === hears || prompt.startsWith(`${hears}.`));
  return isPrompt && (wording === undefined || sentence.text.includes(wording));
}

function inWords(sentences: readonly Sentence[]): string {
  const all = sentences.map(({ prompts, text }) => `${prompts[0] ?? '?'} "${text}"`).join(', ');
  // A full stop inside the quotation is the end of the sentence around it.
  return /[.?!]"$/.test(all) ? all : `${all === '' ? 'nothing' : all}.`;
}
