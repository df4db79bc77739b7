import type { Verb } from '../core/call/verbs.ts';
import type { Reply } from '../core/contracts/turns.ts';

/** A reply that is written as a document only when somebody reads it: the simulator obeys its verbs. */
export class VerbReply implements Reply {
  readonly verbs: readonly Verb[];
  private readonly write: (verbs: readonly Verb[]) => Reply;
  private written: Reply | null = null;

  constructor(verbs: readonly Verb[], write: (verbs: readonly Verb[]) => Reply) {
    this.verbs = verbs;
    this.write = write;
  }

  get type(): string {
    return this.document.type;
  }

  get body(): string {
    return this.document.body;
  }

  private get document(): Reply {
    return (this.written ??= this.write(this.verbs));
  }
}
