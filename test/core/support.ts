import { readFileSync } from 'node:fs';
import type { AudioFile } from '../../src/core/callflow/audio-file.ts';
import { loadCallflow, type Source } from '../../src/core/callflow/load.ts';
import { readProject } from '../../src/core/callflow/project.ts';
import {
  compileProject,
  loadLibrary,
  type LibraryOptions,
  type LibrarySources,
  type LoadedLibrary,
} from '../../src/core/callflow/library.ts';
import { formatFinding, type Finding } from '../../src/core/callflow/finding.ts';
import { VERBS } from '../../src/core/blocks/index.ts';
import type { ContactMethod, Frame, Session, TaskResult } from '../../src/core/call/session.ts';
import { step, type Leave, type Move, type StepInput } from '../../src/core/call/step.ts';
import type { Task } from '../../src/core/call/tasks.ts';
import { transcript, type Listen, type Utterance } from '../../src/core/call/verbs.ts';

export const AGENT = '+12025550199';
export const LOCALES = ['en-US', 'es-ES'] as const;
export const SHIPPED_CALLFLOWS = ['main', 'two-factor'] as const;

export const EMAIL: ContactMethod = { method: 'email', destination: 'ana@example.com' };
export const SMS: ContactMethod = { method: 'sms', destination: '+12025550156' };

/** Names each text by its length and itself: as good as a hash where nobody attacks. */
export const digest = (texts: readonly string[]): string => texts.map((text) => `${text.length}:${text}`).join('|');

export function shippedFile(file: string): Source {
  return { file, text: readFileSync(file, 'utf8') };
}

export function shippedSources(): LibrarySources {
  return {
    callflows: SHIPPED_CALLFLOWS.map((name) => shippedFile(`callflows/${name}.yaml`)),
    prompts: LOCALES.flatMap((locale) =>
      [...SHIPPED_CALLFLOWS, 'standard'].map((callflow) => ({
        ...shippedFile(`prompts/${locale}/${callflow}.yaml`),
        locale,
        callflow,
      })),
    ),
  };
}

export function shippedLibrary(): LoadedLibrary {
  return libraryOf(shippedSources());
}

/** Compiled without the rules: what a running call does with a callflow that they would refuse is a matter of its own. */
export function libraryOf(sources: LibrarySources, changes: Partial<LibraryOptions> = {}): LoadedLibrary {
  const options = { ...OPTIONS, ...changes };
  const { project, findings } = readProject(sources, options);
  if (findings.length > 0) throw new Error(findings.map((each) => formatFinding(each)).join('\n'));
  return compileProject(project, sources, options);
}

/** All that the shipped callflows ask of it. */
export const ENVIRONMENT = {
  AGENT_NUMBER: AGENT,
  CONTACT_METHODS_URL: 'https://example.test/methods',
  CONTACT_METHODS_TEST_URL: 'https://example.test/test-methods',
  CALLFLOW_BALANCE_URL: 'https://example.test/balance',
  CALLFLOW_BALANCE_TEST_URL: 'https://example.test/test-balance',
};

const OPTIONS = {
  environment: ENVIRONMENT,
  defaultLocale: 'en-US',
  digest,
} as const;

export function load(
  sources: LibrarySources,
  environment: Readonly<Record<string, string>> = ENVIRONMENT,
): ReturnType<typeof loadLibrary> {
  return loadLibrary(sources, { ...OPTIONS, environment });
}

/** Wordings by prompt; a prompt that a callflow names and that is not among them says its own name. */
export type Prompts = Readonly<Record<string, string | Variants>>;

/** Texts by variant; `text` and `audio` are a recording. */
type Variants = { readonly [variant: string]: string | Variants };

/** A library of callflows written in a test, the first of which is the one that is called. */
export function flowOf(
  yaml: string | readonly string[],
  prompts: Prompts = {},
  audio: readonly AudioFile[] = [],
): LoadedLibrary {
  const key = JSON.stringify([yaml, prompts, audio]);
  const library = loaded.get(key) ?? read(yaml, prompts, audio);
  loaded.set(key, library);
  return library;
}

/** Libraries do not change, and properties ask for the same one again and again. */
const loaded = new Map<string, LoadedLibrary>();

function read(yaml: string | readonly string[], prompts: Prompts, audio: readonly AudioFile[]): LoadedLibrary {
  return libraryOf({ ...worded(yaml, prompts), audio });
}

/** Callflows with all of their prompts, in every language that they name. */
export function worded(yaml: string | readonly string[], prompts: Prompts = {}): LibrarySources {
  const callflows = [yaml].flat().map((text) => ({ file: `${nameIn(text)}.yaml`, text }));
  const locales = LOCALES.filter((locale) => locale === 'en-US' || callflows.some(({ text }) => text.includes(locale)));
  return {
    callflows,
    prompts: locales.flatMap((locale) => [
      { ...shippedFile(`prompts/${locale}/standard.yaml`), locale, callflow: 'standard' },
      ...callflows.map((source) => ({
        file: `prompts/${locale}/${source.file}`,
        text: JSON.stringify({
          locale,
          prompts: { ...namesAsWordings(source), ...prompts },
          messages: { email: '{code}', sms: '{code}' },
        }),
        locale,
        callflow: nameIn(source.text),
      })),
    ]),
  };
}

function nameIn(text: string): string {
  return /callflow: *([\w-]+)/.exec(text)?.[1] ?? 'unnamed';
}

function namesAsWordings(source: Source): Prompts {
  const { callflow, findings } = loadCallflow(source, { AGENT_NUMBER: AGENT });
  if (callflow === null) throw new Error(findings.map((each) => formatFinding(each, source.text)).join('\n'));
  const named = [
    ...[...callflow.blocks.values()].flatMap((block) => VERBS.get(block.verb)?.prompts?.(block.body) ?? []),
    ...Object.values(callflow.exits).flatMap((exit) => exit.say ?? []),
  ];
  const wordings: Record<string, Record<string, string>> = {};
  for (const prompt of named) {
    const [base = prompt, variant = 'ask'] = prompt.split('.');
    wordings[base] = { ask: base, ...wordings[base], [variant]: variant === 'ask' ? base : variant };
  }
  // What a `say` and an exit say has no `ask`.
  return Object.fromEntries(
    Object.entries(wordings).map(([base, each]) => [base, Object.keys(each).length === 1 ? base : each]),
  );
}

/** A call at the core: what the caller does goes in, what the caller hears or the app is to do comes out. */
export class Talk {
  readonly grants = new Set<string>();
  /** The account whose newest code is reported as failed. */
  undelivered = '';
  session: Session;
  private readonly library: LoadedLibrary;
  private last: Move | null = null;

  constructor(library: LoadedLibrary, options: { readonly test?: boolean; readonly grants?: readonly string[] } = {}) {
    this.library = library;
    this.session = { revision: '', frames: [], locale: 'en-US', test: options.test ?? false, unsaid: [] };
    for (const account of options.grants ?? []) this.grants.add(account);
  }

  opens(callflow: string, variables: Readonly<Record<string, string>> = {}): this {
    return this.step({ type: 'open', callflow, variables });
  }

  presses(...entries: readonly string[]): this {
    for (const digits of entries) this.step({ type: 'heard', incoming: { type: 'keys', digits } });
    return this;
  }

  isSilent(times = 1): this {
    for (let time = 0; time < times; time++) this.step({ type: 'heard', incoming: { type: 'silence' } });
    return this;
  }

  /** The app did what was asked, and this came of it. */
  comesTo(path: string, rest: Omit<TaskResult, 'path'> = {}): this {
    return this.step({ type: 'result', result: { path, ...rest } });
  }

  finds(...found: readonly ContactMethod[]): this {
    return this.comesTo(found.length === 0 ? 'none' : 'found', { found });
  }

  breaks(): this {
    return this.step({ type: 'fault' });
  }

  /** Every step goes through JSON, as it does between two webhooks. */
  step(input: StepInput): this {
    const move = step(this.session, input, {
      library: this.library,
      verified: (account) => this.grants.has(account),
      undelivered: (account) => account === this.undelivered,
    });
    const stored = JSON.parse(JSON.stringify(move.session)) as Session;
    if (JSON.stringify(sorted(stored)) !== JSON.stringify(sorted(move.session))) throw new Error('not plain JSON');
    this.session = stored;
    this.last = move;
    return this;
  }

  get move(): Move {
    if (this.last === null) throw new Error('the call has not begun');
    return this.last;
  }

  get spoken(): readonly Utterance[] {
    return this.move.next.kind === 'perform' ? [] : this.move.next.spoken;
  }

  /** The prompts of the last reply, by name. */
  get hears(): readonly string[] {
    return this.spoken.map((each) => each.prompt);
  }

  /** The words of the last reply. */
  get words(): string {
    return this.spoken.map((each) => transcript(each.parts)).join(' | ');
  }

  get listen(): Listen {
    if (this.move.next.kind !== 'listen') throw new Error(`nothing is asked: ${JSON.stringify(this.move.next)}`);
    return this.move.next.listen;
  }

  get task(): Task {
    if (this.move.next.kind !== 'perform') throw new Error(`nothing is to do: ${JSON.stringify(this.move.next)}`);
    return this.move.next.task;
  }

  get leave(): Leave {
    if (this.move.next.kind !== 'leave') throw new Error(`the call goes on: ${JSON.stringify(this.move.next)}`);
    return this.move.next;
  }

  /** The exit, null while the call goes on. */
  get exit(): string | null {
    return this.move.next.kind === 'leave' ? this.move.next.exit : null;
  }

  get top(): Frame {
    const top = this.session.frames.at(-1);
    if (top === undefined) throw new Error('no callflow');
    return top;
  }

  get block(): string {
    return this.top.block;
  }

  get variables(): Readonly<Record<string, string>> {
    return this.top.facts.variables;
  }
}

/** The same with keys in order; `undefined` shows as a difference to JSON. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === undefined || typeof value === 'function') return 'not JSON';
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** The findings of one callflow file, as a person reads them. */
export function findingsOf(text: string, environment: Readonly<Record<string, string>> = {}): string {
  const source = { file: 'x.yaml', text };
  const { findings } = loadLibrary(
    {
      callflows: [source],
      prompts: [{ ...shippedFile('prompts/en-US/standard.yaml'), locale: 'en-US', callflow: 'standard' }],
    },
    { environment, defaultLocale: 'en-US', digest },
  );
  // What is said is not what these are about.
  const own = findings.filter(({ at, code }) => at.file === source.file && !code.startsWith('CF3'));
  return own.map((finding: Finding) => formatFinding(finding, text)).join('\n');
}
