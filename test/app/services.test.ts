/** The service block, against services that answer, fail, and are slow, over signed HTTP. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LEASE } from '../../src/app/limits.ts';
import type { Caller } from '../support/caller.ts';
import { httpStub, type StubServer } from '../support/stub-server.ts';
import { World } from '../support/world.ts';

const TEST_NUMBER = '+12025550111';

const shop = (name: string, service: string): string => `
callflow: ${name}
inputs: [Segment]
start: number
services:
  stock: { production: "\${CALLFLOW_STOCK_URL}", timeout: ${service}, send: [Number, Segment], receive: { Stock: stock/left, Price: stock/price/@usd } }
exits:
  broken: { say: broken, hang-up: true }
  sold-out: { say: sold-out, hang-up: true }
  in-stock: { say: in-stock, hang-up: true }
blocks:
  number: { collect: number, digits: 3, save-as: Number, next: stock }
  stock:
    service: stock
    paths: { success: in-stock, "sold out": sold-out, failed: broken }`;

const prompts = `
locale: en-US
prompts: { number: "Number?", broken: "Broken.", sold-out: "Sold out.", in-stock: "{Stock} left at {Price} dollars." }`;

let world: World;
let stub: StubServer;
let asked: string[] = [];
let answer: (reply: (xml: string, status?: number) => void) => void;

beforeAll(async () => {
  stub = await httpStub((response, body, { method, url }) => {
    asked.push(`${method} ${url} ${body}`);
    answer((xml, status = 200) => void response.writeHead(status).end(xml));
  });
  world = await World.open({
    settings: {
      CALLFLOW_STOCK_URL: `${stub.url}stock?x=1`,
      SERVICE_HOSTS: stub.host,
      TEST_NUMBERS: TEST_NUMBER,
    },
    files: {
      'callflows/shop.yaml': shop('shop', '1s'),
      'callflows/look.yaml': shop('look', '1s, method: GET'),
      'callflows/slow.yaml': shop('slow', '6s'),
      ...Object.fromEntries(['shop', 'look', 'slow'].map((name) => [`prompts/en-US/${name}.yaml`, prompts])),
    },
  });
});
afterAll(async () => {
  await world.close();
  await stub.close();
});
beforeEach(() => {
  asked = [];
  answer = (reply) => reply('<stock><status>success</status><left>7</left><price usd="3.50"/></stock>');
});

async function calls(callflow: string, to = '+12025550100'): Promise<Caller> {
  const caller = await world.caller({ to }).dials(callflow);
  await caller.presses('123');
  return caller;
}

describe('a service of a callflow', () => {
  it('gets a form by POST with the variables that it is sent, and what it answers is spoken', async () => {
    expect((await calls('shop')).heard).toBe('7 left at 3.50 dollars.');
    expect(asked).toEqual(['POST /stock?x=1 Number=123&Segment=']);
  });

  it('gets a query by GET where the callflow says so', async () => {
    expect((await calls('look')).heard).toBe('7 left at 3.50 dollars.');
    expect(asked).toEqual(['GET /stock?x=1&Number=123&Segment= ']);
  });

  it.each([
    ['<stock><status>sold out</status></stock>', 'Sold out.'],
    ['<anything><status> SOLD_OUT\n</status></anything>', 'Sold out.'],
    ['<stock><status>sold-out</status></stock>', 'Sold out.'],
    ['<stock><status>success</status></stock>', 'left at dollars.'],
    ['<stock><status>failed</status></stock>', 'Broken.'],
    ['<stock><status>soldout</status></stock>', 'Broken.'],
    ['<stock><status>in-stock</status></stock>', 'Broken.'],
    ['<stock><status>toString</status></stock>', 'Broken.'],
    ['<stock><status/></stock>', 'Broken.'],
    ['<stock><status>success</status><status>success</status></stock>', 'Broken.'],
    ['<stock><status>success</status>', 'Broken.'],
    ['<!DOCTYPE stock><stock><status>success</status></stock>', 'Broken.'],
    ['success', 'Broken.'],
    ['', 'Broken.'],
  ])('%s: "%s"', async (xml, heard) => {
    answer = (reply) => reply(xml);
    expect((await calls('shop')).heard).toBe(heard);
  });

  it.each([404, 500, 302])('HTTP %i fails, whatever stands in the answer', async (status) => {
    answer = (reply) => reply('<stock><status>success</status></stock>', status);
    expect((await calls('shop')).heard).toBe('Broken.');
  });

  it('that does not answer in its time fails', async () => {
    answer = () => undefined;
    expect((await calls('shop')).heard).toBe('Broken.');
  });

  it('D16: of a test call without a test address fails, and the production one is not asked', async () => {
    expect((await calls('shop', TEST_NUMBER)).heard).toBe('Broken.');
    expect(asked).toEqual([]);
    expect(world.log).toContain(
      '"task":"service","service":"stock","reason":"it has no address for this kind of call"',
    );
  });

  it('that is slow holds the line, and is asked once', async () => {
    answer = (reply) => void pause(3_500).then(() => reply('<stock><status>sold out</status></stock>'));
    const caller = await world.caller().dials('slow');
    await caller.go(caller.action, { Digits: '123' });
    expect(caller.heard).toBe('One moment, please.');
    await caller.waits();
    expect(caller.heard).toBe('Sold out.');
    expect(asked).toHaveLength(1);
  }, 15_000);

  it('answers with what must not be known: it is said to the caller, and stands neither in the log nor in the store', async () => {
    const value = '4000-1234-5678-9010';
    answer = (reply) => reply(`<stock><status>success</status><left>&lt;Hangup/&gt; ${value}</left></stock>`);
    const caller = await calls('shop');
    expect(caller.heard).toContain(`<Hangup/> ${value} left`);
    expect(caller.verbs.map(({ verb }) => verb)).toEqual(['say', 'hangup']);
    answer = (reply) => reply(`<stock><status>${value}</status></stock>`);
    await calls('shop');
    expect(await world.leaks([{ code: value, to: value, report: value }])).toEqual([]);
  });
});

describe('a service whose turn began in a process that died', () => {
  async function afterDeath(callflow: string): Promise<Caller> {
    const caller = await world.caller().dials(callflow);
    const nonce = caller.action.split('/').at(-1) ?? '';
    await world.claims(caller.call, { kind: 'turn', nonce }, { type: 'keys', digits: '123' });
    world.clock.advance(LEASE + 1);
    return caller.presses('123');
  }

  it('is asked again by GET', async () => {
    expect((await afterDeath('look')).heard).toBe('7 left at 3.50 dollars.');
    expect(asked).toHaveLength(1);
  });

  it('is not asked again by POST, which may have arrived: failed', async () => {
    expect((await afterDeath('shop')).heard).toBe('Broken.');
    expect(asked).toEqual([]);
  });
});
