import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readTwiml } from '../../src/telephone/twiml-reader.ts';
import { Platform, type PlatformRequest } from '../support/platform.ts';
import { World } from '../support/world.ts';

const REQUESTS = 10_000;
const BATCH = 500;

/** A URL that a call was given, newest last: fresh questions, codes that were sent, held lines, transfers, ends. */
interface Place {
  readonly call: string;
  readonly url: string;
}
const places: Place[] = [];
let rings = 0;
/** How far back a request reaches: most places are still asked at, some are long gone. */
const RECENT = 600;

let world: World;
let platform: Platform;
beforeAll(async () => {
  world = await World.open({ settings: { LOG_LEVEL: 'silent' } });
  platform = new Platform(world.address);
});
afterAll(async () => {
  await platform.close();
  await world.close();
});

/** New calls, so that there is always one that lives. */
async function ring(): Promise<void> {
  const rung = ['1001', '1002', '1003', '1004', '1005']
    .flatMap((account) => Array.from({ length: 4 }, () => account))
    .map(async (keys) => {
      rings += 1;
      // No digits that a code could be taken for when the world looks for codes that leaked.
      const caller = await world.caller({ call: `CA-ring-${rings}` }).dials('main');
      remember(caller.call, caller.body);
      await caller.presses(keys);
      remember(caller.call, caller.body);
    });
  await Promise.all(rung);
}

function remember(call: string, body: string): void {
  for (const verb of readTwiml(body)) {
    const url =
      verb.verb === 'redirect' ? verb.url : verb.verb === 'gather' || verb.verb === 'dial' ? verb.action : undefined;
    if (url !== undefined) places.push({ call, url });
  }
}

function anyRequest() {
  const word = fc.string({ unit: 'binary', maxLength: 40 });
  const status = fc.constantFrom(
    'queued',
    'ringing',
    'in-progress',
    'completed',
    'busy',
    'failed',
    'no-answer',
    'canceled',
    '',
  );
  const digits = fc.oneof(
    fc.stringMatching(/^[0-9*#]{0,8}$/),
    fc.constantFrom('0', '1', '2', '3', '9', '*', '#', '1001', '1003', '123456', '１２３４５６', '9'.repeat(10_000)),
    word,
  );
  const known = fc.nat(RECENT - 1).map((back) => places.at(-1 - back) ?? places[0] ?? { call: '', url: '' });
  const target = fc.oneof(
    fc.constantFrom(
      '/voice/main',
      '/voice/two-factor',
      '/voice/main?AccountNumber=1001',
      '/voice/two-factor?AccountNumber=1003&CustomerEmail=x',
    ),
    fc.constantFrom('/voice/status', '/voice/fallback', '/voice/turn', '/voice', '/voice/%ff', '/voice/main?silence=1'),
    fc.webQueryParameters().map((query) => `/voice/two-factor?${query}`),
    fc.webPath().map((rest) => `/voice/${rest.replace(/^\//, '')}`),
  );
  const failedUrl = fc.oneof(
    known.map(({ url }) => url),
    fc.constantFrom('/voice/main', '/voice/two-factor', '/voice/nowhere').map((path) => world.address.publicUrl + path),
    fc.webUrl(),
    word,
  );
  const parameter = fc.oneof(
    fc.tuple(fc.constant('Digits'), digits),
    fc.tuple(fc.constant('CallStatus'), status),
    fc.tuple(fc.constant('DialCallStatus'), fc.oneof(status, word)),
    fc.tuple(fc.constant('ErrorUrl'), failedUrl),
    fc.tuple(fc.constant('ErrorCode'), fc.oneof(fc.constantFrom('11200', '12100', '12300', ''), word)),
    fc.tuple(fc.constantFrom('To', 'From', 'CallSid', 'SpeechResult', '__proto__', 'Digits[]'), word),
    // No platform sends a name that sorts before AccountSid; one that does may be cut from an address, and is refused.
    fc.tuple(
      word.filter((name) => name > 'AccountSid'),
      word,
    ),
  );
  const others = fc.array(parameter, { maxLength: 3 });
  const method = fc.constantFrom('POST' as const, 'POST' as const, 'POST' as const, 'POST' as const, 'GET' as const);
  return fc.oneof(
    { weight: 3, arbitrary: fc.tuple(known, digits).map(([place, keys]) => at(place, [['Digits', keys]])) },
    { weight: 2, arbitrary: fc.tuple(known, others).map(([place, form]) => at(place, form)) },
    {
      weight: 5,
      arbitrary: fc
        .tuple(
          method,
          target,
          fc.option(
            fc.oneof(
              known.map(({ call }) => call),
              word,
            ),
          ),
          others,
        )
        .map(([how, path, call, form]) => ({
          method: how,
          target: path,
          form: call === null ? form : [['CallSid', call] as const, ...form],
        })),
    },
  );
}

function at({ call, url }: Place, form: readonly (readonly [string, string])[]): PlatformRequest {
  return { target: url.slice(world.address.publicUrl.length), form: [['CallSid', call], ...form] };
}

it(`${REQUESTS} signed requests of any kind, ${BATCH} at a time: each gets a document that platforms understand, or 204 on /voice/status`, async () => {
  const tally = new Map<string, number>();
  await ring();
  await fc.assert(
    fc.asyncProperty(fc.array(anyRequest(), { minLength: BATCH, maxLength: BATCH, size: 'max' }), async (requests) => {
      const [answers] = await Promise.all([Promise.all(requests.map((request) => platform.send(request))), ring()]);
      for (const [index, { status, body }] of answers.entries()) {
        const request = requests[index];
        if (status === 204) {
          expect(request?.target).toMatch(/^\/voice\/status/);
          continue;
        }
        expect(status, `${request?.method} ${request?.target}`).toBe(200);
        const call = request?.form?.find(([name]) => name === 'CallSid')?.[1];
        if (call !== undefined) remember(call, body);
        const last = readTwiml(body).at(-1)?.verb ?? 'nothing';
        tally.set(last, (tally.get(last) ?? 0) + 1);
      }
    }),
    { numRuns: REQUESTS / BATCH, endOnFailure: true },
  );
  // Questions, transfers and ends were all among them, so the requests were not all lost.
  expect([...tally.keys()].sort()).toEqual(['dial', 'hangup', 'redirect']);
}, 120_000);
