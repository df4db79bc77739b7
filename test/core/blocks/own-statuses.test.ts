/** Statuses of its own that a callflow lets a service of external codes name (G43, G47). */
import { describe, expect, it } from 'vitest';
import { sendCode } from '../../../src/core/blocks/send-code.ts';
import { statusPaths } from '../../../src/core/blocks/statuses.ts';
import { verifyCode } from '../../../src/core/blocks/verify-code.ts';

const CHECK = { right: 'a', wrong: 'b', finished: 'c', error: 'd' };
const SEND = { sent: 'a', failed: 'b' };

/** As YAML gives them: `__proto__` is a key like any other. */
const statuses = (...names: readonly string[]): object =>
  JSON.parse(`{${names.map((name) => `${JSON.stringify(name)}: "thank-you"`).join(', ')}}`) as object;

const check = (...names: readonly string[]) =>
  verifyCode.schema.safeParse({ 'verify-code': 'authCode', paths: CHECK, statuses: statuses(...names) });
const send = (...names: readonly string[]) =>
  sendCode.schema.safeParse({ 'send-code': 'chosen', paths: SEND, statuses: statuses(...names) });

describe('a status of its own', () => {
  it.each([
    'success',
    'Success',
    'SUCCESS',
    'incorrect code',
    'Incorrect_Code',
    'incorrect-code',
    'incorrect   code',
    'right',
    'Right',
    'wrong',
    'finished',
    'error',
    'blank',
    'too-many',
    'Too Many',
    'too_many',
    'no-send-left',
    'locked',
    'LOCKED',
  ])('G47: of verify-code cannot be %j, which has its meaning already', (name) => {
    expect(check(name).success).toBe(false);
  });

  it.each(['success', 'SUCCESS', 'sent', 'nothing-to-send', 'Nothing To Send', 'unreachable', 'too many', 'locked'])(
    'G43: of send-code cannot be %j, which has its meaning already',
    (name) => {
      expect(send(name).success).toBe(false);
    },
  );

  it.each([
    ' success',
    'success ',
    'success.',
    'success\u200b',
    'suc\u00adcess',
    'success\n',
    '\u202esseccus',
    '*',
    'xstate.init',
    '',
    'x'.repeat(65),
  ])('G43 G47: cannot be %j, which no service could mean', (name) => {
    expect([check(name).success, send(name).success]).toEqual([false, false]);
  });

  it('G43 G47: named `__proto__` is none, and changes nothing', () => {
    for (const read of [check('__proto__'), send('__proto__')])
      expect([Object.keys(read.data?.statuses ?? {}), Object.getPrototypeOf(read.data?.statuses)]).toEqual([
        [],
        Object.prototype,
      ]);
  });

  it('G43 G47: cannot be written twice in two spellings', () => {
    expect(check('Card Expired', 'card_expired').success).toBe(false);
  });

  it('D4: is looked up in lower case and is nothing that JavaScript knows', () => {
    const paths = statusPaths({ 'Card Expired': 'x', constructor: 'y' });
    expect(paths).toEqual({ 'card expired': 'Card Expired', constructor: 'constructor' });
    expect(Object.keys(paths)).toEqual(['card expired', 'constructor']);
  });
});
