import type { LibraryTexts } from '../../../core/callflow/library.ts';
import type { LibraryStore } from '../../../core/contracts/libraries.ts';
import type { Vault } from '../vault.ts';
import { all, change, first, type Operation } from './operation.ts';
import { openJson, sealJson, type Place } from './sealed-json.ts';

export function* keepLibrary(vault: Vault, library: Parameters<LibraryStore['keepLibrary']>[0]): Operation<void> {
  const { revision, texts, now } = library;
  const known = yield* all('UPDATE libraries SET kept_at = ? WHERE revision = ? RETURNING revision', now, revision);
  if (known.length > 0) return;
  yield* change(
    'INSERT INTO libraries (revision, kept_at, texts) VALUES (?, ?, ?)',
    revision,
    now,
    sealJson(vault, texts, textsPlace(revision)),
  );
}

export function* readLibrary(vault: Vault, revision: string): Operation<LibraryTexts | null> {
  const row = yield* first<{ texts: Uint8Array }>('SELECT texts FROM libraries WHERE revision = ?', revision);
  return row ? openJson(vault, row.texts, textsPlace(revision)) : null;
}

function textsPlace(revision: string): Place<LibraryTexts> {
  return { at: ['library', revision] };
}
