import { createHmac, randomBytes } from 'node:crypto';

/** Where requests go, and how they are signed. */
export interface Target {
  /** Where the server listens, for example `http://127.0.0.1:3000`. */
  readonly server: string;
  readonly authToken: string;
}

/** One webhook as it goes out. */
export interface Post {
  readonly path: string;
  readonly body: string;
  readonly signature: string;
}

/** What a caller of `bench/line/callflow.yaml` does: a start, seven answers, two wrong keys, and the end. */
const KEYS = ['5', '1', '2', '1234', '1', '4', '9', '2', '5678', '3'].map((keys) => () => keys);
/** Turns of one call, its start included. */
export const TURNS_OF_A_CALL = KEYS.length + 1;

/** Where a caller rings, and what is pressed at each question. */
export interface Script {
  readonly start: string;
  readonly keys: readonly (() => string)[];
  readonly from: string;
}

const LINE: Script = { start: '/voice/line', keys: KEYS, from: '+12025550123' };

/** What Twilio sends with every voice request of a call, besides its CallSid and status. */
const STANDING = {
  AccountSid: `AC${'0'.repeat(32)}`,
  ApiVersion: '2010-04-01',
  CallToken: `%7B%22parentCallInfoToken%22%3A%22${'e'.repeat(120)}%22%7D`,
  Called: '+12025550100',
  CalledCity: 'WASHINGTON',
  CalledCountry: 'US',
  CalledState: 'DC',
  CalledZip: '20001',
  Caller: '+12025550123',
  CallerCity: 'WASHINGTON',
  CallerCountry: 'US',
  CallerState: 'DC',
  CallerZip: '20002',
  Direction: 'inbound',
  From: '+12025550123',
  FromCity: 'WASHINGTON',
  FromCountry: 'US',
  FromState: 'DC',
  FromZip: '20002',
  To: '+12025550100',
  ToCity: 'WASHINGTON',
  ToCountry: 'US',
  ToState: 'DC',
  ToZip: '20001',
};

/** One call after the other: each request is the next turn of a live call, at the address that the last reply gave. */
export class LineCall {
  private readonly target: Target;
  private readonly script: Script;
  private call = '';
  private path: string;
  private turn = 0;

  constructor(target: Target, script = LINE) {
    this.target = target;
    this.script = script;
    this.path = script.start;
  }

  /** Whether the next turn is a start. */
  get isOver(): boolean {
    return this.turn === 0;
  }

  next(): Post {
    if (this.turn === 0) this.call = `CA${randomBytes(16).toString('hex')}`;
    const digits = this.script.keys[this.turn - 1]?.();
    const status = digits === undefined ? 'ringing' : 'in-progress';
    const keys = digits === undefined ? {} : { Digits: digits, FinishedOnKey: '', msg: 'Gather End' };
    const { from } = this.script;
    const form = { ...STANDING, From: from, Caller: from, CallSid: this.call, CallStatus: status, ...keys };
    return { path: this.path, body: new URLSearchParams(form).toString(), signature: this.signed(form) };
  }

  /** The reply to `next`. @throws where it does not go on as the call should: what is measured must be turns */
  heard(status: number, reply: string): void {
    if (status !== 200) throw new Error(`${this.target.server} answered ${status}: ${reply}`);
    const { start, keys } = this.script;
    const over = this.turn === keys.length;
    const action = / action="(?:http:\/\/[^/"]*)?([^"]*)"/.exec(reply)?.[1];
    if (!over && action === undefined) throw new Error(`turn ${this.turn} asks nothing: ${reply}`);
    this.path = over ? start : (action ?? start);
    this.turn = over ? 0 : this.turn + 1;
  }

  private signed(form: Readonly<Record<string, string>>): string {
    const names = Object.keys(form).toSorted();
    const text = names.reduce((all, name) => all + name + (form[name] ?? ''), this.target.server + this.path);
    return createHmac('sha1', this.target.authToken).update(text).digest('base64');
  }
}
