/** Codes for no account: nothing is counted, asked for or sent (security.md 2). */
import { describe, expect, it } from 'vitest';
import type { TaskContext } from '../../src/app/tasks/handler.ts';
import { sendCode } from '../../src/app/tasks/send-code.ts';
import { verifyCode } from '../../src/app/tasks/verify-code.ts';
import type { SendCode, VerifyCode } from '../../src/core/call/tasks.ts';

/** Has no store, no provider and no service: whoever touched one would throw. */
const NOTHING = { parts: {} } as TaskContext;

describe('for no account', () => {
  it('a code is not checked: by error, before anything is counted', async () => {
    const task = { type: 'verify-code', account: '', candidates: ['123456'] } as unknown as VerifyCode;
    expect(await verifyCode(task, NOTHING)).toEqual({ path: 'error' });
  });

  it('a code is not sent: by error, before anything is counted', async () => {
    const task = { type: 'send-code', account: '', method: 'email', code: { madeBy: 'internal' } } as SendCode;
    expect(await sendCode(task, NOTHING)).toEqual({ path: 'error' });
  });
});
