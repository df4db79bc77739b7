import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDemo, type Demo } from '../../src/demo/start-demo.ts';

let demo: Demo;
beforeEach(async () => {
  demo = await startDemo({ now: () => 1_700_000_000_000 });
});
afterEach(() => demo.close());

async function asks(url: string, form: Readonly<Record<string, string>>): Promise<string> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  return (/<status>(.*)<\/status>/.exec(await response.text()) ?? [])[1] ?? '';
}

const sends = (account: string, selected: string) =>
  asks(demo.codes.sendCodeUrl, { AccountNumber: account, TwoFactorAuthSelectedMethod: selected });
const verifies = (account: string, code: string) =>
  asks(demo.codes.verifyCodeUrl, { AccountNumber: account, authCode_nbest1: code });

describe("the demo company's own code system", () => {
  it('brings a code of its own to the inbox, and takes it once, from that account', async () => {
    expect(await sends('1001', 'SMS')).toBe('success');
    const code = demo.inbox.messages.at(-1)?.code ?? '';
    expect(code).toMatch(/^\d{6}$/);
    expect(await verifies('1002', code)).toBe('incorrect code');
    expect(await verifies('1001', code)).toBe('success');
    expect(await verifies('1001', code)).toBe('incorrect code');
  });

  it('sends nothing to a method that the customer does not have', async () => {
    expect(await sends('1002', 'SMS')).toBe('error');
    expect(demo.inbox.messages).toEqual([]);
  });

  it('takes what the authenticator of a customer shows, each code once', async () => {
    let code = '111111';
    demo.knows({ account: '1005', present: async () => ({ code, from: 0 }) });
    expect(await verifies('1001', code)).toBe('incorrect code');
    expect(await verifies('1005', code)).toBe('success');
    expect(await verifies('1005', code)).toBe('incorrect code');
    code = '222222';
    expect(await verifies('1005', code)).toBe('success');
  });

  it('takes nothing from a customer whose authenticator was revoked or shows no code', async () => {
    demo.knows({ account: '1005', present: async () => null });
    expect(await verifies('1005', '')).toBe('incorrect code');
  });
});
