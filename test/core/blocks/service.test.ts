import { describe, expect, it } from 'vitest';
import { EMAIL, findingsOf, flowOf, Talk } from '../support.ts';

const SHOP = `
callflow: shop
start: account
account: Account
services:
  methods: { production: https://methods.example.test }
  owner:
    production: https://owner.example.test
    test: https://test.example.test
    timeout: 2s
    method: GET
    send: [Account, Segment]
    receive: { Owner: owner/name, Account: owner/account }
  stock: { production: https://stock.example.test, receive: { Stock: stock/@left } }
exits: { bye: { hang-up: true } }
blocks:
  account: { collect: account, digits: 4, save-as: Account, next: find }
  find: { find-methods: methods, paths: { found: choose, none: bye, failed: bye } }
  choose: { menu: choose, keys: { 1: owner, 2: stock } }
  owner: { service: owner, paths: { success: told, "not found": choose, failed: choose } }
  stock: { service: stock, paths: { success: told, failed: choose } }
  told: { menu: told, keys: { 1: owner } }`;

function asked(options: ConstructorParameters<typeof Talk>[1] = {}): Talk {
  return new Talk(flowOf(SHOP), options).opens('shop').presses('1234').finds(EMAIL);
}

describe('a service', () => {
  it('is asked with the variables that it names; its paths are found by status, however that is spelled', () => {
    expect(asked().presses('1').task).toEqual({
      type: 'service',
      name: 'owner',
      service: {
        url: 'https://owner.example.test',
        method: 'GET',
        timeout: 2_000,
        parameters: { Account: '1234', Segment: '' },
      },
      paths: { success: 'success', 'not found': 'not found', failed: 'failed' },
      failed: 'failed',
      receive: { Owner: 'owner/name', Account: 'owner/account' },
    });
  });

  it('D16: of a test call is asked at its test address, and at no other', () => {
    expect(asked({ test: true }).presses('1').task).toMatchObject({ service: { url: 'https://test.example.test' } });
    expect(asked({ test: true }).presses('2').task).toMatchObject({ service: { url: null } });
  });

  it('sets the variables that it receives', () => {
    const talk = asked()
      .presses('2')
      .comesTo('success', { variables: { Stock: '7' } });
    expect(talk.block).toBe('told');
    expect(talk.variables).toMatchObject({ Stock: '7', Account: '1234' });
  });

  it('takes a path that it does not have as a fault', () => {
    expect(asked().presses('2').comesTo('not found').exit).toBe('error');
  });

  it('that writes the account drops what was found for the account before, and voids its code', () => {
    const kept = asked()
      .presses('2')
      .comesTo('success', { variables: { Stock: '7' } });
    expect([kept.top.facts.found, kept.move.closeCode]).toEqual([[EMAIL], false]);
    const other = asked()
      .presses('1')
      .comesTo('success', { variables: { Owner: 'Ana', Account: '5678' } });
    expect([other.top.facts.found, other.move.closeCode]).toEqual([[], true]);
    expect(asked().presses('1').comesTo('failed').top.facts.found).toEqual([]);
  });
});

describe('a service block is refused', () => {
  const shop = (block: string, service = '{ production: https://stock.example.test }'): string => `
callflow: shop
start: stock
services: { stock: ${service} }
exits: { bye: { hang-up: true }, success: { returns: success } }
account: Account
inputs: [Account]
blocks:
  stock: { ${block} }`;

  it.each([
    ['without a path for failures', 'service: stock, paths: { success: bye }', /CF103 {2}"failed" is missing/],
    [
      'with two spellings of one status',
      'service: stock, paths: { "not found": bye, not-found: bye, failed: bye }',
      /CF102[^]*The statuses "not found" and "not-found" are the same/,
    ],
    ['with a status that is none', 'service: stock, paths: { "*": bye, failed: bye }', /CF102[^]*A status is letters/],
    [
      'with a path that leads nowhere',
      'service: stock, paths: { success: by, failed: bye }',
      /CF201 {2}There is no block or exit named "by"/,
    ],
    [
      'of a service that there is not',
      'service: stok, paths: { failed: bye }',
      /CF201 {2}There is no service named "stok". Did you mean "stock"/,
    ],
    ['whose success would let the caller in', 'service: stock, paths: { success: success, failed: bye }', /CF220/],
  ])('%s', (_what, block, finding) => {
    expect(findingsOf(shop(block))).toMatch(finding);
  });

  it.each(['/balance', 'balance/', 'balance//amount', '@amount', 'balance/@a/b', 'balance/a b', ''])(
    'with "%s" as the place of a value',
    (place) => {
      const service = `{ production: https://stock.example.test, receive: { Stock: "${place}" } }`;
      expect(findingsOf(shop('service: stock, paths: { failed: bye }', service))).toMatch(
        /CF102[^]*The place of a value/,
      );
    },
  );
});
