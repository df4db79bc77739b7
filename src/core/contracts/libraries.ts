import type { LibraryTexts } from '../callflow/library.ts';

/** The part of the store that keeps callflows and prompts, for the calls that began with them. */
export interface LibraryStore {
  /**
   * Keeps the texts that a revision names. Kept again they last longer: whoever starts calls with a library keeps it
   * once a minute.
   */
  keepLibrary(library: {
    readonly revision: string;
    readonly texts: LibraryTexts;
    readonly now: number;
  }): Promise<void>;
  /** Null where it was never kept, or swept: then no call needs it. */
  readLibrary(revision: string): Promise<LibraryTexts | null>;
}
