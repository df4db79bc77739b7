import type { Telemetry } from '../../core/contracts/telemetry.ts';

/** Tells both. */
export function together(one: Telemetry, other: Telemetry): Telemetry {
  return {
    count(happening) {
      one.count(happening);
      other.count(happening);
    },
    during: (work, act) =>
      one.during(work, (note) =>
        other.during(work, (alsoNote) =>
          act((facts) => {
            note(facts);
            alsoNote(facts);
          }),
        ),
      ),
  };
}
