import { ONCE } from './kind.ts';
import type { Account, Method, Question } from './model.ts';
import type { Delivery } from './rig.ts';
import type { Line, Session } from './session.ts';

/** Whose code is typed. */
export type Digits = 'right' | 'wrong' | 'old' | 'of another call' | 'of another account';

export async function dials(
  session: Session,
  account: Account,
  { elsewhere, by }: { readonly elsewhere: boolean; readonly by: Delivery },
): Promise<Line> {
  const line = session.opens(account, elsewhere ? '+12025550167' : '+12025550123');
  await session.turn(line, { ...startFor(account), delivery: by }, (now) => line.call.opens(account, now));
  return line;
}

export function choice(
  session: Session,
  line: Line,
  { method, by }: { readonly method: Method; readonly by: Delivery },
) {
  const Digits = method === 'email' ? '1' : '2';
  return keys(session, line, { Digits, by }, (now) => line.call.chooses(method, now));
}

export function guess(
  session: Session,
  line: Line,
  { digits, by }: { readonly digits: string; readonly by: Delivery },
) {
  const { call } = line;
  if (call.code !== null && !call.hasLiveCode(session.rig.now())) session.rig.notes('expired');
  return keys(session, line, { Digits: digits, by }, (now) => call.types(digits, now));
}

export async function keys(
  session: Session,
  line: Line,
  { Digits, by = ONCE }: { readonly Digits: string; readonly by?: Delivery },
  does: Parameters<Session['turn']>[2],
): Promise<void> {
  line.silences = 0;
  await session.turn(line, { url: line.caller.action, parameters: { Digits }, delivery: by }, does);
}

/** From a question for a code to the options. */
export async function star(session: Session, line: Line): Promise<void> {
  if (line.call.question === 'code') await keys(session, line, { Digits: '*' }, () => line.call.goesTo('options'));
}

export function digitsFor(session: Session, { call }: Line, what: Digits): string {
  const others = session.lines.filter((each) => each.call !== call && each.call.code !== null);
  const of = (same: boolean) => others.find((each) => (each.call.account === call.account) === same)?.call.code?.digits;
  const old = session.digits.filter((digits) => digits !== call.code?.digits).at(-1);
  const found = {
    right: call.code?.digits,
    wrong: undefined,
    old,
    'of another call': of(true),
    'of another account': of(false),
  }[what];
  if (found !== undefined) session.rig.notes(`code: ${what}`);
  return found ?? session.wrong;
}

export function startFor(account: Account) {
  return { url: `/voice/two-factor?AccountNumber=${account.name}`, parameters: { CallStatus: 'ringing' } };
}

export function accountOf({ accounts }: Session, index: number): Account {
  return accounts[index] ?? fail();
}

export function theLine(session: Session, back: number, ...questions: readonly Question[]): Line {
  return session.line(back, ...questions) ?? fail();
}

export function fail(): never {
  throw new Error('the model names something that there is not');
}
