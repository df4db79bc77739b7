import type { LibraryTexts } from '../../../core/callflow/library.ts';
import type { LibraryStore } from '../../../core/contracts/libraries.ts';
import type { Memory } from './memory.ts';

export function keepLibrary(
  { libraries }: Memory,
  { revision, texts, now }: Parameters<LibraryStore['keepLibrary']>[0],
): void {
  const known = libraries.get(revision);
  if (known) known.keptAt = now;
  else libraries.set(revision, { texts, keptAt: now });
}

export function readLibrary({ libraries }: Memory, revision: string): LibraryTexts | null {
  return libraries.get(revision)?.texts ?? null;
}
