import { describe, expect, it } from 'vitest';
import { loadKept } from '../../../src/cli/library-files.ts';
import { BUILTINS } from '../../../src/core/callflow/builtin/index.ts';
import type { LibraryOptions, LibrarySources, LibraryTexts } from '../../../src/core/callflow/library.ts';
import type { Source } from '../../../src/core/callflow/load.ts';
import { ENVIRONMENT, libraryOf, shippedLibrary, shippedSources } from '../support.ts';

const shipped = shippedSources();
const { callflows, prompts } = shipped;

const BYE = {
  file: 'callflows/bye.yaml',
  text: 'callflow: bye\nstart: b\nblocks: { b: { say: goodbye, next: error } }\n',
};
const SIGN_IN = { file: 'callflows/sign-in.yaml', text: 'callflow: sign-in\nuse: builtin/two-factor\n' };
/** As another Dialproof might have it. */
const OTHERS = new Map(
  [...BUILTINS].map(([name, text]) => [name, text.replace('start: greet', 'start: find-methods')]),
);

const revisionOf = (sources: LibrarySources, changes: Partial<LibraryOptions> = {}): string =>
  libraryOf(sources, changes).revision;

/** The shipped files, each changed in this way. */
function changed(change: (source: Source) => Partial<Source>): LibrarySources {
  return {
    callflows: callflows.map((each) => ({ ...each, ...change(each) })),
    prompts: prompts.map((each) => ({ ...each, ...change(each) })),
  };
}

function edited(file: string, from: string, to: string): LibrarySources {
  return changed((source) => {
    if (source.file !== file) return {};
    if (!source.text.includes(from)) throw new Error(`${file} does not hold: ${from}`);
    return { text: source.text.replace(from, to) };
  });
}

describe('a revision names a whole library', () => {
  const withSignIn = { prompts, callflows: [...callflows, SIGN_IN] };

  it.each<[what: string, revision: string, before?: string]>([
    ['the text of a callflow', revisionOf(edited('callflows/main.yaml', 'digits: 4-12', 'digits: 4-13'))],
    ['no more than a comment', revisionOf(edited('callflows/main.yaml', '# ', '#  '))],
    ['a wording', revisionOf(edited('prompts/es-ES/two-factor.yaml', 'greeting: "', 'greeting: "Bien. '))],
    ['a standard prompt', revisionOf(edited('prompts/en-US/standard.yaml', 'one-moment: "', 'one-moment: "Well. '))],
    ['one callflow more', revisionOf({ prompts, callflows: [...callflows, BYE] })],
    ['one language less', revisionOf({ callflows, prompts: prompts.filter(({ locale }) => locale === 'en-US') })],
    ['which callflow a wording is for', revisionOf({ callflows, prompts: prompts.map(forBye) })],
    ['the language of a call', revisionOf(shipped, { defaultLocale: 'es-ES' })],
    ['a built-in callflow that it uses', revisionOf(withSignIn, { builtins: OTHERS }), revisionOf(withSignIn)],
  ])('changed by %s', (_what, revision, before = revisionOf(shipped)) => {
    expect(revision).not.toBe(before);
  });

  it.each([
    ['where the files lie', revisionOf(changed(({ file }) => ({ file: `/elsewhere/${file}` })))],
    ['the order they are read in', revisionOf({ callflows: callflows.toReversed(), prompts: prompts.toReversed() })],
    ['the environment', revisionOf(shipped, { environment: { AGENT_NUMBER: '+12025550198' } })],
    ['a built-in callflow that it does not use', revisionOf(shipped, { builtins: OTHERS })],
  ])('not changed by %s', (_what, revision) => {
    expect(revision).toBe(revisionOf(shipped));
  });
});

function forBye<S extends LibrarySources['prompts'][number]>(source: S): S {
  return source.file === 'prompts/es-ES/main.yaml' ? { ...source, callflow: 'bye' } : source;
}

describe('a library that is loaded again from what was kept of it', () => {
  const stored = (texts: LibraryTexts): LibraryTexts => JSON.parse(JSON.stringify(texts)) as LibraryTexts;

  it('is the same, whatever the digest of today would name it', () => {
    const library = shippedLibrary();
    const again = loadKept(stored(library.texts), 'r1', ENVIRONMENT);
    expect(again.revision).toBe('r1');
    expect(again.flows.map(({ callflow }) => callflow)).toEqual(library.flows.map(({ callflow }) => callflow));
    expect([...again.standard.keys()]).toEqual([...library.standard.keys()]);
  });

  it('has the built-in callflows that it had', () => {
    const library = libraryOf({ prompts, callflows: [SIGN_IN] }, { builtins: OTHERS });
    expect(loadKept(stored(library.texts), 'r1', ENVIRONMENT).flow('sign-in')?.callflow.start).toBe('find-methods');
  });

  it('goes with the environment of today', () => {
    const { texts } = shippedLibrary();
    expect(loadKept(texts, 'r1', { AGENT_NUMBER: '+12025550198' }).agent).toBe('+12025550198');
  });

  it('is not asked for by the rules again', () => {
    const { texts } = libraryOf(edited('callflows/main.yaml', 'link: two-factor', 'link: nowhere'));
    expect(loadKept(texts, 'r1', ENVIRONMENT).flow('main')?.callflow.name).toBe('main');
  });

  it('is refused when it cannot be read', () => {
    const { texts } = libraryOf(shipped);
    const broken = { ...texts, callflows: [{ file: 'callflows/main.yaml', text: 'callflow main' }] };
    expect(() => loadKept(broken, 'r1', ENVIRONMENT)).toThrow('callflows/main.yaml:1:1');
  });
});
