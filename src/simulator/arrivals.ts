import type { Happening } from './record.ts';
import type { ArrivedCode } from './stage.ts';

/** Notes each code that has come to the caller once, when it is first seen: traces have to know all of them. */
export class Arrivals {
  private readonly seen = new Set<string>();
  private readonly note: (happening: Happening) => void;

  constructor(note: (happening: Happening) => void) {
    this.note = note;
  }

  of(codes: readonly ArrivedCode[]): readonly ArrivedCode[] {
    for (const { method, code } of codes) {
      if (this.seen.has(`${method} ${code}`)) continue;
      this.seen.add(`${method} ${code}`);
      this.note({ kind: 'got', method, code });
    }
    return codes;
  }
}
