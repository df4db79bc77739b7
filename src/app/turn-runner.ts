import type { LoadedLibrary } from '../core/callflow/library.ts';
import { DialproofError } from '../core/errors.ts';
import type { ClaimWon } from '../core/contracts/turns.ts';
import type { PathTaken } from '../core/call/world.ts';
import type { Parts } from './parts.ts';
import { nameOf } from './tasks/index.ts';
import type { TaskRunner } from './tasks/runner.ts';
import { SingleTurn, type Opening, type Turn } from './turn.ts';

/** Runs the turns that were won: at once where nothing outside is needed, with their tasks where something is. */
export class TurnRunner {
  private readonly parts: Parts;
  private readonly tasks: TaskRunner;

  constructor(parts: Parts, tasks: TaskRunner) {
    this.parts = parts;
    this.tasks = tasks;
  }

  /**
   * Whatever throws on the way becomes an apology and the `error` exit. `started`: when the request came, by the monotonic
   * clock; time spent waiting for a twin is not spent again on tasks.
   */
  async run(won: ClaimWon, opening: Opening, started: number): Promise<Turn> {
    const library = opening.library ?? (await this.libraryOf(won));
    const single = new SingleTurn({ parts: this.parts, tasks: this.tasks, library, started }, won, opening);
    try {
      return await single.run();
    } catch (error) {
      this.parts.log.error(
        {
          call: opening.call,
          error: nameOf(error),
          reason: error instanceof DialproofError ? error.message : undefined,
        },
        'a turn failed',
      );
      return await single.fault();
    }
  }

  /**
   * The turn, where it asks for no task and hands nothing over; null where it does, where it fails, and where the call
   * began in an older library: then `run` does it. What is tried here leaves no trace.
   */
  atOnce(won: ClaimWon, opening: Opening): Turn | null {
    const { libraries, took } = this.parts;
    const library = opening.library ?? libraries.newest;
    if (opening.library === undefined && won.call?.state.session.revision !== library.revision) return null;
    const taken: PathTaken[] = [];
    const parts =
      took === undefined ? this.parts : { ...this.parts, took: () => (each: PathTaken) => void taken.push(each) };
    try {
      const turn = new SingleTurn({ parts, tasks: this.tasks, library, started: 0 }, won, opening).atOnce();
      if (turn !== null) for (const each of taken) took?.(opening.call)(each);
      return turn;
    } catch {
      return null;
    }
  }

  /** The one that the call began in. Where it is gone: the newest, in which no step of this call can be made. */
  private async libraryOf({ call }: ClaimWon): Promise<LoadedLibrary> {
    const { libraries } = this.parts;
    return (call && (await libraries.of(call.state.session.revision))) ?? libraries.newest;
  }
}
