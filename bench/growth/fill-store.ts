import { statSync } from 'node:fs';
import Database from 'libsql';

const DAY = 86_400_000;
/** Calls of one transaction. */
const CHUNK = 50_000;

/**
 * Puts so many calls into a store, as they stand after their end and their purge: the call itself, and three lines of its
 * audit trail. Their times lie in the days before yesterday, so that no sweep takes them away.
 */
export function fillStore(file: string, calls: number): void {
  const database = new Database(file);
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -262144');
  const before = Date.now() - 2 * DAY;
  for (let filled = 0; filled < calls; filled += CHUNK) fillChunk(database, Math.min(CHUNK, calls - filled), before);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}

function fillChunk(database: Database.Database, calls: number, before: number): void {
  database.exec(`
    BEGIN;
    CREATE TEMP TABLE made (id TEXT, at INTEGER);
    WITH RECURSIVE numbered (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbered WHERE n < ${calls})
      INSERT INTO made SELECT 'CA' || lower(hex(randomblob(16))), ${before} - n * 1000 FROM numbered;
    INSERT INTO calls (id, phase, entry, turns, callflow, revision, block, exit_name, started_at, last_seen_at, ended_at, purged_at)
      SELECT id, 'ended', 1, 11, 'line', 'earlier', 'bye', 'bye', at, at, at, at + ${DAY} FROM made;
    INSERT INTO audit (call_id, happened_at, kind, detail)
      SELECT id, at, kind, detail FROM made,
        (SELECT 'start' AS kind, 'line' AS detail UNION ALL SELECT 'exit', 'line: bye' UNION ALL SELECT 'end', 'bye');
    DROP TABLE made;
    COMMIT;`);
}

/** Bytes of a store, its log included. */
export function bytesOf(file: string): number {
  return [file, `${file}-wal`].reduce((sum, each) => sum + (statSync(each, { throwIfNoEntry: false })?.size ?? 0), 0);
}
