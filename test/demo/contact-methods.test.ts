import { isValidPhoneNumber } from 'libphonenumber-js/max';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_ACCOUNTS } from '../../src/demo/accounts.ts';
import { startContactMethods } from '../../src/demo/contact-methods.ts';
import type { LoopbackService } from '../../src/demo/loopback-service.ts';

let service: LoopbackService;
beforeAll(async () => {
  service = await startContactMethods();
});
afterAll(() => service.close());

const byPost = (fields: Record<string, string> | [string, string][]) =>
  fetch(service.url, { method: 'POST', body: new URLSearchParams(fields) });

/** Elements and attributes as a strict parser sees them, in document order. */
async function elementsOf(response: Response) {
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^application\/xml/);
  const names: string[] = [];
  const methods: Record<string, string>[] = [];
  let text = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => expect.unreachable(error.message));
  parser.on('opentag', ({ name, attributes }) => {
    names.push(name);
    if (name === 'method') methods.push({ ...attributes });
  });
  parser.on('text', (part) => (text += part));
  parser.write(await response.text()).close();
  return { root: names[0], names: [...new Set(names)], status: text.trim(), methods };
}

const ACCOUNTS: [account: string, status: string, methods: Record<string, string>[]][] = [
  [
    '1001',
    'success',
    [
      { name: 'email', value: 'ana@example.test' },
      { name: 'SMS', value: '+12025550121' },
    ],
  ],
  ['1002', 'success', [{ name: 'email', value: 'ben@example.test' }]],
  ['1003', 'success', [{ name: 'SMS', value: '+12025550143' }]],
  ['1004', 'success', []],
  ['1005', 'success', [{ name: 'email', value: 'eve@example.test' }, { name: 'authenticator' }]],
  ['9000000', 'success', [{ name: 'email', value: 'bulk-9000000@example.test' }]],
  ['6000001', 'success', []],
  ['7000000', 'success', [{ name: 'SMS', value: '+12025550101' }]],
  [
    '8000097',
    'success',
    [
      { name: 'email', value: 'bulk-8000097@example.test' },
      { name: 'SMS', value: '+12025550198' },
    ],
  ],
  ['9123456', 'success', [{ name: 'email', value: 'bulk-9123456@example.test' }]],
];
const UNKNOWN = ['1006', '', '10011', '900000', '91234567', ' 1001', '１００１', '9"/><a>', 'x'.repeat(5000)];

describe('the contact-method service answers the reference document (G33, G34, G35, G37)', () => {
  it.each(ACCOUNTS)('account %s: %s, with its methods, by POST and by GET', async (account, status, methods) => {
    const expected = { root: 'checkVerifiedContactMethods', status, methods };
    expect(await elementsOf(await byPost({ AccountNumber: account }))).toMatchObject(expected);
    expect(await elementsOf(await fetch(`${service.url}?AccountNumber=${account}`))).toMatchObject(expected);
  });

  it('writes root, status and an empty methods element for an account without contact methods', async () => {
    const { names } = await elementsOf(await byPost({ AccountNumber: '1004' }));
    expect(names).toEqual(['checkVerifiedContactMethods', 'status', 'methods']);
  });

  it.each(UNKNOWN)('any other account is not found: %j', async (account) => {
    expect(await elementsOf(await byPost({ AccountNumber: account }))).toMatchObject({
      status: 'not found',
      methods: [],
    });
  });

  it('an account that is not given, or given twice, is not found', async () => {
    const twice: [string, string][] = [
      ['AccountNumber', '1001'],
      ['AccountNumber', '1002'],
    ];
    for (const answer of [await fetch(service.url), await byPost({}), await byPost(twice)]) {
      expect(await elementsOf(answer)).toMatchObject({ status: 'not found', methods: [] });
    }
  });

  it('ignores parameters it does not know', async () => {
    expect(await elementsOf(await byPost({ AccountNumber: '1002', Digits: '1', '__proto__[x]': 'y' }))).toMatchObject({
      status: 'success',
    });
  });
});

describe('the demo accounts', () => {
  const numbers = DEMO_ACCOUNTS.flatMap((account) =>
    account.methods.flatMap(({ name, value }) => (name === 'SMS' ? [value] : [])),
  );

  it.each(numbers)('%s is a valid number that reaches nobody, and neither the sender nor the agent', (number) => {
    expect(number).toMatch(/^\+120255501\d\d$/);
    expect(isValidPhoneNumber(number ?? '')).toBe(true);
    expect(['+12025550100', '+12025550199']).not.toContain(number);
  });

  it('have addresses under the reserved domain example.test only', () => {
    const addresses = DEMO_ACCOUNTS.flatMap((account) =>
      account.methods.flatMap(({ name, value }) => (name === 'email' ? [value] : [])),
    );
    expect(addresses).toHaveLength(3);
    for (const address of addresses) expect(address).toMatch(/^[a-z]+@example\.test$/);
  });

  it('name no two people by one address or number', () => {
    const values = DEMO_ACCOUNTS.flatMap((account) => account.methods.flatMap(({ value }) => value ?? []));
    expect(new Set(values).size).toBe(values.length);
  });
});
