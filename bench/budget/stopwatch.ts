/** The parts of a turn, in their order. */
export const PARTS = ['request', 'claim', 'step', 'save', 'after'] as const;
export type Part = (typeof PARTS)[number];

/** Sums up what each part took; one part runs at a time. */
export class Stopwatch {
  /** Milliseconds. */
  readonly spent = new Map<Part, number>();
  private since = 0;
  private part: Part | null = null;

  /** Ends the part before; told again of the same one, goes on. */
  begins(part: Part | null): void {
    if (part === this.part) return;
    const now = performance.now();
    if (this.part !== null) this.spent.set(this.part, (this.spent.get(this.part) ?? 0) + now - this.since);
    this.part = part;
    this.since = now;
  }
}
