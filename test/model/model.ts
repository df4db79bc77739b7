/**
 * What counts in a call, written from docs/protocol.md and SECURITY.md and from nothing in `src/`: who is sent a code,
 * which typed code is evaluated, what it uses up, and when an account rests. What is said, and which question follows a
 * silence or a wrong key, is not its business.
 */

const MINUTE = 60_000;
const CODE_LASTS = 5 * MINUTE;
const ATTEMPTS_PER_CODE = 3;
const SENDS_PER_CALL = 3;
const FAILURES_PER_LOCK = 10;
const LOCK_LASTS = 30 * MINUTE;

/** Milliseconds. */
export interface Moment {
  readonly wall: number;
  /** By the clock that is never set back, and which process reads it: no other knows when it began. */
  readonly steady: number;
  readonly process: number;
}

export type Method = 'email' | 'sms';

/** What the caller is asked; `over`: nothing any more, the call has left or ended. */
export type Question = 'method' | 'code' | 'options' | 'not-sent' | 'over';

/** What one request may do, besides what it says. */
export interface Effect {
  readonly sends: 0 | 1;
  readonly attempts: 0 | 1;
  readonly grants: 0 | 1;
  /** The question after it; null: the same as before, or an exit after too many silences. */
  readonly asks: Question | null;
}

export const NOTHING: Effect = { sends: 0, attempts: 0, grants: 0, asks: null };

export class Account {
  readonly name: string;
  readonly destinations: Readonly<Record<Method, string>>;
  private failures = 0;
  private lastFailure = 0;

  constructor(name: string, destinations: Readonly<Record<Method, string>>) {
    this.name = name;
    this.destinations = destinations;
  }

  isLocked({ wall }: Moment): boolean {
    const rests = this.failures > 0 && this.failures % FAILURES_PER_LOCK === 0;
    return rests && wall < this.lastFailure + LOCK_LASTS;
  }

  /** The same, asked by the product: a failure that lies ahead, where a clock that was wrong has left it, is one of now. */
  rests(now: Moment): boolean {
    this.lastFailure = Math.min(this.lastFailure, now.wall);
    return this.isLocked(now);
  }

  fails({ wall }: Moment): void {
    this.failures += 1;
    this.lastFailure = wall;
  }

  succeeds(): void {
    this.failures = 0;
  }
}

/** A code that has arrived. */
export interface Code {
  readonly digits: string;
  readonly sent: Moment;
  attempts: number;
}

export class Call {
  account: Account;
  question: Question = 'method';
  /** The one that may be tried; null: there is none, or it is void. */
  code: Code | null = null;
  /** How often each has happened, over all accounts of the call. */
  readonly counts = { sends: 0, attempts: 0, grants: 0 };
  private method: Method = 'email';

  constructor(account: Account) {
    this.account = account;
  }

  /** The first start, or one about another account, which gives up what was before. */
  opens(account: Account, at: Moment): Effect {
    this.account = account;
    this.code = null;
    return this.answers({ asks: account.rests(at) ? 'over' : 'method' });
  }

  chooses(method: Method, at: Moment): Effect {
    this.method = method;
    return this.issues(at);
  }

  /** Where the next code goes. */
  get destination(): string {
    return this.account.destinations[this.method];
  }

  /** A new code makes the one before void, and so does the exit where none is left to be sent. */
  issues(at: Moment): Effect {
    this.code = null;
    if (this.account.rests(at) || this.counts.sends >= SENDS_PER_CALL) return this.answers({ asks: 'over' });
    return this.answers({ sends: 1, asks: 'code' });
  }

  /** The right number of digits, typed where a code is asked for. */
  types(digits: string, at: Moment): Effect {
    const { account, code } = this;
    if (account.rests(at)) return this.answers({ asks: 'over' });
    if (code === null || !isAlive(code, at)) return this.issues(at);
    code.attempts += 1;
    if (digits === code.digits) {
      account.succeeds();
      return this.answers({ attempts: 1, grants: 1, asks: 'over' });
    }
    account.fails(at);
    const leaves = account.isLocked(at) || code.attempts >= ATTEMPTS_PER_CODE;
    return this.answers({ attempts: 1, asks: leaves ? 'over' : 'code' });
  }

  /** A key that leads to another question, or to a person. A lock is met where a code is sent or typed. */
  goesTo(question: Question): Effect {
    return this.answers({ asks: question });
  }

  hasLiveCode(at: Moment): boolean {
    return this.code !== null && isAlive(this.code, at);
  }

  /** Hanging up, and every other end that is not ours. */
  ends(): void {
    this.answers({ asks: 'over' });
  }

  private answers(effect: Partial<Effect>): Effect {
    const whole = { ...NOTHING, ...effect };
    this.counts.sends += whole.sends;
    this.counts.attempts += whole.attempts;
    this.counts.grants += whole.grants;
    if (whole.asks === 'over') this.code = null;
    this.question = whole.asks ?? this.question;
    return whole;
  }
}

/** Neither clock may say that it is over; before it was sent there was none. */
function isAlive({ sent }: Code, { wall, steady, process }: Moment): boolean {
  const isYoung = process !== sent.process || steady <= sent.steady + CODE_LASTS;
  return wall >= sent.wall && wall <= sent.wall + CODE_LASTS && isYoung;
}
