import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeptLibraries } from '../../src/app/kept-libraries.ts';
import { loadKept } from '../../src/cli/library-files.ts';
import type { LibraryTexts, LoadedLibrary } from '../../src/core/callflow/library.ts';
import { temporaryStore } from '../adapters/stores/temporary-store.ts';
import type { Opened } from '../contracts/store/caller.ts';
import { flowOf } from '../core/support.ts';
import { TestClock } from '../support/test-clock.ts';

/** A library that says which it is. */
const numbered = (n: number): LoadedLibrary =>
  flowOf(`callflow: n\nstart: n\nexits: { bye: { hang-up: true } }\nblocks: { n: { say: n, next: bye } }`, {
    n: `Number ${n}.`,
  });

let opened: Opened;
let loaded: string[];
let logged: object[];
beforeEach(async () => {
  opened = await temporaryStore();
  loaded = [];
  logged = [];
});
afterEach(() => opened.remove());

/** As a server has them; `broken` are revisions that it cannot load. */
function librariesWith(newest: LoadedLibrary, broken: readonly string[] = []): KeptLibraries {
  const log = (fields: object): void => void logged.push(fields);
  const load = (texts: LibraryTexts, revision: string): LoadedLibrary => {
    loaded.push(revision);
    if (broken.includes(revision)) throw new Error('callflow-invalid');
    return loadKept(texts, revision, {});
  };
  const { store } = opened;
  return new KeptLibraries(newest, { store, clock: new TestClock(), log: { info: log, warn: log, error: log }, load });
}

/** What an earlier process has left in the store. */
async function earlier(...libraries: readonly LoadedLibrary[]): Promise<void> {
  for (const library of libraries) await librariesWith(library).keep();
}

describe('the library that a call began in', () => {
  it('is at hand while it is the newest, and after another one was published', async () => {
    const libraries = librariesWith(numbered(1));
    await libraries.publish(numbered(2));
    expect(libraries.newest).toBe(numbered(2));
    expect(await libraries.of(numbered(2).revision)).toBe(numbered(2));
    expect(await libraries.of(numbered(1).revision)).toBe(numbered(1));
    expect(loaded).toEqual([]);
  });

  it('comes out of the store in the next process, once for all calls that ask at the same time', async () => {
    await earlier(numbered(1));
    const libraries = librariesWith(numbered(2));
    const asked = Array.from({ length: 20 }, () => libraries.of(numbered(1).revision));
    const found = await Promise.all(asked);
    expect(new Set(found).size).toBe(1);
    expect(found[0]?.texts).toEqual(numbered(1).texts);
    await libraries.of(numbered(1).revision);
    expect(loaded).toEqual([numbered(1).revision]);
  });

  it('is not there when nobody kept it; whoever keeps it later brings it back', async () => {
    const libraries = librariesWith(numbered(2));
    expect(await libraries.of(numbered(1).revision)).toBeUndefined();
    await earlier(numbered(1));
    expect((await libraries.of(numbered(1).revision))?.revision).toBe(numbered(1).revision);
  });

  it('is not there when it cannot be loaded any more, and the log says that without a word of it', async () => {
    await earlier(numbered(1));
    const libraries = librariesWith(numbered(2), [numbered(1).revision]);
    expect(await libraries.of(numbered(1).revision)).toBeUndefined();
    expect(logged).toEqual([{ error: 'Error' }]);
  });

  it('is not there while the store does not answer', async () => {
    const libraries = librariesWith(numbered(2));
    await opened.store.close();
    expect(await libraries.of(numbered(1).revision)).toBeUndefined();
    expect(logged).toEqual([{ error: 'store-unavailable' }]);
  });

  it('is held ready with the seven others asked for last', async () => {
    await earlier(...Array.from({ length: 9 }, (_, n) => numbered(n)));
    const libraries = librariesWith(numbered(10));
    const ask = (n: number) => libraries.of(numbered(n).revision);
    for (const n of [0, 1, 2, 3, 4, 5, 6, 7, 0, 8]) await ask(n);
    loaded = [];
    for (const n of [0, 2, 3, 4, 5, 6, 7, 8]) await ask(n);
    expect(loaded).toEqual([]);
    await ask(1);
    expect(loaded).toEqual([numbered(1).revision]);
  });
});

describe('publishing a library', () => {
  it('keeps it before a call can begin in it', async () => {
    const libraries = librariesWith(numbered(1));
    await libraries.publish(numbered(2));
    expect(await opened.store.readLibrary(numbered(2).revision)).toEqual(numbered(2).texts);
  });

  it('changes nothing when it cannot be kept', async () => {
    const libraries = librariesWith(numbered(1));
    await opened.store.close();
    await expect(libraries.publish(numbered(2))).rejects.toMatchObject({ code: 'store-unavailable' });
    expect(libraries.newest).toBe(numbered(1));
  });
});
