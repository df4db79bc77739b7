import { randomInt } from 'node:crypto';
import { numberOf } from '../servers/company.ts';
import { LineCall, type Target } from './line-call.ts';

/** A call to `bench/line/verified.yaml`, of an account that has never called. */
export class VerifiedCall extends LineCall {
  constructor(target: Target, codes: ReadonlyMap<string, string>) {
    const account = String(randomInt(2_000_000, 10_000_000));
    super(target, {
      start: '/voice/verified',
      keys: [() => account, () => codes.get(numberOf(account)) ?? 'no code came'],
      from: `+1303${randomInt(2_000_000, 10_000_000)}`,
    });
  }
}
