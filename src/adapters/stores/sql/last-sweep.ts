import { change, first, type Operation } from './operation.ts';

/** Of the row in `health` that sweeps write. */
const SWEPT = 2;

/** When the last one was; null before the first. */
export function* lastSweep(): Operation<number | null> {
  const row = yield* first<{ written_at: number }>('SELECT written_at FROM health WHERE id = ?', SWEPT);
  return row?.written_at ?? null;
}

export function* noteSweep(now: number): Operation<void> {
  yield* change(
    `INSERT INTO health (id, written_at) VALUES (?, ?)
     ON CONFLICT (id) DO UPDATE SET written_at = excluded.written_at`,
    SWEPT,
    now,
  );
}
