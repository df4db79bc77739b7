import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhenResult,
  TaskCancelledError,
} from 'cockatiel';
import { silent, type DependencyKind, type Note, type Telemetry } from '../../core/contracts/telemetry.ts';

/** Exchanges with one dependency at a time. */
const AT_ONCE = 64;
/** So many more wait for one of them to end, each within its own deadline. */
const WAITING = 256;
/** Faults in a row that open the circuit. */
const FAULTS = 5;
/** Then nobody is let through for so long, milliseconds, and after it one alone, whose outcome decides. */
const OPEN_FOR = 2_000;

export interface Outcome<T> {
  readonly result: T;
  /**
   * What the dependency failed by, in a word; null where it answered. A refusal of one request or message is an answer:
   * nobody may take a dependency away from others by a bad destination.
   */
  readonly fault: string | null;
}

export interface Use<T> {
  /** Deadline of all of it, waiting for others included, milliseconds. */
  readonly timeout: number;
  /** Asks the dependency, within the milliseconds that are left, a whole number; never rejects. */
  readonly exchange: (left: number) => Promise<Outcome<T>>;
  /** What it is where the dependency was never asked: `circuit open`, `busy` or `timeout`. */
  readonly refused: (reason: string) => T;
}

/** Told when a circuit opens, with the last fault, and when it closes, with null. */
export type CircuitListener = (fault: string | null) => void;

/** Stands around each exchange; what comes of it is noted as `answered`, `failed` or `refused`. */
type Watch = <T>(exchange: (note: Note) => Promise<T>) => Promise<T>;

/** Somebody else's system: asked by so many at a time only, and left alone for a while when it fails. */
export class Dependency {
  private readonly room = bulkhead(AT_ONCE, WAITING);
  private readonly circuit = circuitBreaker(
    handleWhenResult((outcome) => (outcome as Outcome<unknown>).fault !== null),
    { halfOpenAfter: OPEN_FOR, breaker: new ConsecutiveBreaker(FAULTS) },
  );

  private readonly watch: Watch;

  constructor(listener: CircuitListener = () => {}, watch: Watch = (exchange) => exchange(() => {})) {
    this.watch = watch;
    let isOpen = false;
    // It breaks anew with each trial that fails.
    this.circuit.onBreak((why) => {
      if (!isOpen) listener('value' in why ? (why.value as Outcome<unknown>).fault : null);
      isOpen = true;
    });
    this.circuit.onReset(() => {
      isOpen = false;
      listener(null);
    });
  }

  /** Never takes longer than the timeout, and never rejects. */
  use<T>(use: Use<T>): Promise<T> {
    return this.watch((note) => {
      const refused = (reason: string): T => {
        note({ outcome: 'refused' });
        return use.refused(reason);
      };
      return this.ask({ ...use, refused }, note);
    });
  }

  private async ask<T>({ timeout, exchange, refused }: Use<T>, note: Note): Promise<T> {
    // The library would let everybody wait for the trial of another.
    if (this.circuit.state === CircuitState.HalfOpen) return refused('circuit open');
    const isTrial = this.circuit.state === CircuitState.Open;
    try {
      // A trial is not kept away by those that hang still.
      const asked = await this.circuit.execute(() => (isTrial ? exchange(timeout) : this.inTurn(timeout, exchange)));
      note({ outcome: asked.fault === null ? 'answered' : 'failed' });
      return asked.result;
    } catch (error) {
      if (error instanceof BrokenCircuitError) return refused('circuit open');
      if (error instanceof BulkheadRejectedError) return refused('busy');
      if (error instanceof TaskCancelledError) return refused('timeout');
      throw error;
    }
  }

  /** Begins once there is room; rejects where there is none in time, or the circuit opens meanwhile. */
  private inTurn<T>(timeout: number, exchange: (left: number) => Promise<T>): Promise<T> {
    const deadline = performance.now() + timeout;
    return new Promise((resolve, reject) => {
      let waits = true;
      const leave = (why?: Error): void => {
        waits = false;
        clearTimeout(late);
        opening.dispose();
        if (why !== undefined) reject(why);
      };
      const late = setTimeout(() => leave(new TaskCancelledError()), timeout);
      const opening = this.circuit.onBreak(() => leave(new BrokenCircuitError()));
      const begin = (): Promise<T> => {
        if (!waits) throw new TaskCancelledError();
        leave();
        return exchange(Math.max(1, Math.ceil(deadline - performance.now())));
      };
      this.room.execute(begin).then(resolve, leave);
    });
  }
}

/** The dependencies of one server: whoever asks the same one shares its circuit and its room. */
export class Dependencies {
  private readonly known = new Map<string, Dependency>();
  private readonly listener: (kind: DependencyKind, ...what: Parameters<CircuitListener>) => void;
  private readonly telemetry: Telemetry;

  constructor(listener: Dependencies['listener'] = () => {}, telemetry: Telemetry = silent) {
    this.listener = listener;
    this.telemetry = telemetry;
  }

  /** The one at this address, an origin or `host:port`; addresses come from settings and callflows, never from callers. */
  at(address: string, kind: DependencyKind): Dependency {
    const known = this.known.get(address);
    if (known !== undefined) return known;
    const made = new Dependency(
      (fault) => this.listener(kind, fault),
      (exchange) => this.telemetry.during({ kind: 'exchange', dependency: kind }, exchange),
    );
    this.known.set(address, made);
    return made;
  }
}
