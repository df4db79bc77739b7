import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWebService } from '../../src/adapters/web-service/http.ts';
import { statusOf, textAt } from '../../src/core/service-answer.ts';
import { DEMO_ACCOUNTS } from '../../src/demo/accounts.ts';
import { startBalance } from '../../src/demo/balance.ts';
import type { LoopbackService } from '../../src/demo/loopback-service.ts';

let service: LoopbackService;
beforeAll(async () => {
  service = await startBalance();
});
afterAll(() => service.close());

async function balance(account: string, method: 'GET' | 'POST') {
  const request = { url: service.url, method, parameters: { AccountNumber: account }, timeout: 5_000 };
  const answer = await createWebService({ hosts: [service.host] }).call(request);
  if (answer.kind === 'failed') throw new Error(answer.reason);
  return [
    statusOf(answer.root),
    textAt(answer.root, 'balance/amount'),
    textAt(answer.root, 'balance/amount/@currency'),
  ];
}

describe('the balance service, as a callflow reads it', () => {
  it.each(DEMO_ACCOUNTS.map(({ account, balance: amount }) => [account, amount]))(
    'account %s has %s dollars, by POST and by GET',
    async (account, amount) => {
      expect(await balance(account, 'POST')).toEqual(['success', amount, 'USD']);
      expect(await balance(account, 'GET')).toEqual(['success', amount, 'USD']);
    },
  );

  it('an account for many calls at once has a balance, too', async () => {
    expect(await balance('9123456', 'POST')).toEqual(['success', '100.00', 'USD']);
  });

  it.each(['4711', '', '1001 ', '"><a>'])('account "%s" is not found', async (account) => {
    expect(await balance(account, 'POST')).toEqual(['not found', '', '']);
  });
});
