/** Who tries one account after the other (security.md 2): the service is not asked for ever. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactMethods } from '../support/contact-methods.ts';
import { httpStub, type StubServer } from '../support/stub-server.ts';
import { World } from '../support/world.ts';

let asked = 0;
let stub: StubServer;
let world: World;
beforeAll(async () => {
  stub = await httpStub((response) => {
    asked += 1;
    response.end(contactMethods('<method name="email" value="ana@example.test"/>'));
  });
  world = await World.open({
    settings: { CONTACT_METHODS_URL: stub.url, SERVICE_HOSTS: stub.host, LOOKUPS_PER_CALLER: '3/1h' },
  });
});
afterAll(async () => {
  await world.close();
  await stub.close();
});

let accounts = 40_000;
/** What callers of so many different accounts hear, and how often the service was asked for them. */
async function tries(count: number, from: string) {
  const before = asked;
  const heard: string[] = [];
  for (let n = 0; n < count; n++) {
    const caller = await world.caller({ from }).dials('two-factor', { AccountNumber: String((accounts += 1)) });
    heard.push(caller.heard);
  }
  return { asked: asked - before, heard };
}

describe('different accounts from one number', () => {
  it('D6: after so many, all of them sound like one without a contact method, and the service is not asked', async () => {
    const { heard, asked } = await tries(5, '+12025550171');
    expect(asked).toBe(3);
    expect(heard.slice(0, 3).every((each) => each.includes('We emailed a code'))).toBe(true);
    expect(new Set(heard.slice(3)).size).toBe(1);
    expect(heard[3]).toContain('Please hold while I connect you to someone who can help.');
  });

  it("are another number's no concern, nor of calls whose number is withheld: each counts for itself", async () => {
    expect((await tries(3, '+12025550172')).asked).toBe(3);
    for (const from of ['anonymous', '+266696687', 'sip:anonymous@anonymous.invalid'])
      expect((await tries(4, from)).asked).toBe(4);
  });

  it('the same account again is not another one', async () => {
    const before = asked;
    for (let n = 0; n < 5; n++)
      await world.caller({ from: '+12025550173' }).dials('two-factor', { AccountNumber: '39999' });
    expect(asked - before).toBe(5);
  });

  it('within one call whose number is withheld they count as well', async () => {
    const before = asked;
    const caller = world.caller({ from: 'anonymous' });
    for (let n = 0; n < 5; n++) await caller.dials('two-factor', { AccountNumber: String((accounts += 1)) });
    expect(asked - before).toBe(3);
  });
});

describe('numbers that lie next to each other', () => {
  it('share a budget of sends, which others do not use up', async () => {
    let number = 0;
    const numbers = await httpStub((response) => {
      const value = number < 4 ? `+1202555010${number}` : '+12125550100';
      number += 1;
      response.end(contactMethods(`<method name="SMS" value="${value}"/>`));
    });
    const other = await World.open({
      settings: { CONTACT_METHODS_URL: numbers.url, SERVICE_HOSTS: numbers.host, SENDS_PER_PREFIX: '2/1h' },
    });
    number = 1;
    for (let n = 0; n < 4; n++) await other.caller().dials('two-factor', { AccountNumber: String((accounts += 1)) });
    expect(other.inbox.messages.map(({ to }) => to)).toEqual(['12025550101', '12025550102', '12125550100']);
    await other.close();
    await numbers.close();
  });
});
