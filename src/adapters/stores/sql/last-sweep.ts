import { change, first, type Operation } from './operation.ts';

/** Of the row in `health` that sweeps write. */
const SWEPT = 2;
/** Servers sweep every minute; after so long, milliseconds, it was not they who were late. */
const STEADY_FOR = 30 * 60_000;

/**
 * Whether time went on as usual since the last sweep. Where not, the clock was set forward, or no server was there to
 * hear of any call: then no call can be said to have been silent.
 */
export function* isSteady(now: number): Operation<boolean> {
  const row = yield* first<{ written_at: number }>('SELECT written_at FROM health WHERE id = ?', SWEPT);
  return row === undefined || now - row.written_at < STEADY_FOR;
}

export function* noteSweep(now: number): Operation<void> {
  yield* change(
    `INSERT INTO health (id, written_at) VALUES (?, ?)
     ON CONFLICT (id) DO UPDATE SET written_at = excluded.written_at`,
    SWEPT,
    now,
  );
}
