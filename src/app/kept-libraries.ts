import type { LibraryTexts, LoadedLibrary } from '../core/callflow/library.ts';
import type { LibraryStore } from '../core/contracts/libraries.ts';
import type { Libraries, Parts } from './parts.ts';
import { nameOf } from './tasks/index.ts';

/** Older libraries that are held ready, those asked for last: a change leaves few calls behind, and they end soon. */
const MOST_READY = 8;

type Needed = Pick<Parts, 'clock' | 'log'> & {
  readonly store: LibraryStore;
  /** Throws where the texts cannot be used any more. The library has this revision, whatever it would be called today. */
  readonly load: (texts: LibraryTexts, revision: string) => LoadedLibrary;
};

/** Libraries that outlive their files and this process: the store keeps the texts of each for as long as calls need it. */
export class KeptLibraries implements Libraries {
  private readonly needed: Needed;
  private readonly ready = new Map<string, Promise<LoadedLibrary | undefined>>();
  private present: LoadedLibrary;

  constructor(newest: LoadedLibrary, needed: Needed) {
    this.present = newest;
    this.needed = needed;
  }

  get newest(): LoadedLibrary {
    return this.present;
  }

  of(revision: string): Promise<LoadedLibrary | undefined> {
    if (revision === this.present.revision) return Promise.resolve(this.present);
    const library = this.ready.get(revision) ?? this.load(revision);
    this.hold(revision, library);
    return library;
  }

  /** Keeps the library, then every start begins in it. Rejects and changes nothing where it cannot be kept. */
  async publish(library: LoadedLibrary): Promise<void> {
    await this.keep(library);
    this.hold(this.present.revision, Promise.resolve(this.present));
    this.present = library;
  }

  /** Once before the first start, and then as often as the store wants it. */
  async keep(library = this.present): Promise<void> {
    const { revision, texts } = library;
    await this.needed.store.keepLibrary({ revision, texts, now: this.needed.clock.now() });
  }

  private async load(revision: string): Promise<LoadedLibrary | undefined> {
    const { store, load, log } = this.needed;
    try {
      const texts = await store.readLibrary(revision);
      if (texts !== null) return load(texts, revision);
    } catch (error) {
      log.error({ error: nameOf(error) }, 'the callflows that a call began in could not be loaded');
    }
    this.ready.delete(revision);
    return undefined;
  }

  private hold(revision: string, library: Promise<LoadedLibrary | undefined>): void {
    this.ready.delete(revision);
    this.ready.set(revision, library);
    const [oldest] = this.ready.keys();
    if (this.ready.size > MOST_READY && oldest !== undefined) this.ready.delete(oldest);
  }
}
