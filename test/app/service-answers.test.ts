/** What a web service may answer: each body leads where docs/operators.md says, and none of them lets anybody in. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { httpStub, servicesAt, type StubServer } from '../support/stub-server.ts';
import { World } from '../support/world.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

type Service = 'methods' | 'send' | 'verify';
type Answer = (response: ServerResponse, document: (status: string) => string) => void;

const LISTED = '<methods><method name="email" value="ana@example.test"/></methods>';
const DOCUMENTS: Readonly<Record<Service, (status: string) => string>> = {
  methods: (status) => `<checkVerifiedContactMethods><status>${status}</status>${LISTED}</checkVerifiedContactMethods>`,
  send: (status) => `<sendAuthenticationCode><status>${status}</status></sendAuthenticationCode>`,
  verify: (status) => `<codeAuthentication><status>${status}</status></codeAuthentication>`,
};

const status =
  (text: string): Answer =>
  (response, document) =>
    void response.end(document(text));
const text =
  (write: (whole: string) => string | Buffer): Answer =>
  (response, document) =>
    void response.end(write(document('success')));
const coded =
  (code: number, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response, document) =>
    void response.writeHead(code, headers).end(document('success'));

const MEGABYTE = Buffer.alloc(1024 * 1024, ' ');

/** Packed beforehand: that takes long, and the server runs in this process. */
const BOMB = gzipSync(Buffer.alloc(50 * MEGABYTE.length, ' '));

/** A million bytes after the other, as long as anybody reads them. */
async function endless(response: ServerResponse, document: (status: string) => string): Promise<void> {
  response.write(document('success').slice(0, -1));
  for (let sent = 0; sent < 1024 && !response.destroyed; sent++)
    if (!response.write(MEGABYTE)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  response.destroy();
}

/** Nothing but these is a success. */
const GOOD: readonly (readonly [what: string, answer: Answer])[] = [
  ['the document', status('success')],
  ['`Success`', status('Success')],
  ['spaces and lines around the status', status(' \n success\t')],
  ['an XML declaration', text((whole) => `<?xml version="1.0" encoding="UTF-8"?>\n${whole}`)],
  ['comments', text((whole) => `<!-- a -->${whole}<!-- b -->`)],
  ['a byte order mark of UTF-8', text((whole) => `\uFEFF${whole}`)],
  ['elements besides', text((whole) => whole.replace('</status>', '</status><more>1</more>'))],
  ['attributes', text((whole) => whole.replace('>', ' version="1">'))],
  ['a status in CDATA', status('<![CDATA[success]]>')],
  ['201', coded(201)],
];

const BAD: readonly (readonly [what: string, answer: Answer])[] = [
  ['nothing', text(() => '')],
  ['a document that is cut off', text((whole) => whole.slice(0, -3))],
  ['a document that is cut off after its status', text((whole) => whole.slice(0, whole.indexOf('</status>') + 9))],
  [
    'a body shorter than it says',
    (response, document) => {
      response.writeHead(200, { 'content-length': '5000' });
      response.write(document('success'), () => response.destroy());
    },
  ],
  ['two roots', text((whole) => whole + whole)],
  ['text after the root', text((whole) => `${whole}success`)],
  ['two statuses', status('success</status><status>success')],
  ['two different statuses', status('error</status><status>success')],
  ['no status', text((whole) => whole.replace('<status>success</status>', ''))],
  [
    'a status that is an attribute',
    text((whole) => whole.replace('<status>success</status>', '').replace('>', ' status="success">')),
  ],
  [
    'a status further down',
    text((whole) => whole.replace('<status>success</status>', '<a><status>success</status></a>')),
  ],
  ['an empty status', status('')],
  ['a status that holds an element', status('<b>success</b>')],
  [
    'another root',
    text((whole) => whole.replaceAll(/(?<=^<|<\/)\w+(?=>)/g, (name) => (name === 'status' ? name : `${name}s`))),
  ],
  ['the root in capitals', text((whole) => whole.replaceAll(/(?<=^<|<\/)\w+(?=>$|><)/g, (name) => name.toUpperCase()))],
  ['a document type', text((whole) => `<!DOCTYPE a>${whole}`)],
  [
    'an entity of a document type',
    text((whole) => `<!DOCTYPE a [<!ENTITY s "success">]>${whole.replace('success', '&s;')}`),
  ],
  [
    'an entity bomb',
    text(
      (whole) =>
        `<!DOCTYPE a [<!ENTITY a "${'a'.repeat(1000)}"><!ENTITY b "${'&a;'.repeat(1000)}"><!ENTITY c "${'&b;'.repeat(1000)}">]>${whole.replace('success', '&c;')}`,
    ),
  ],
  [
    'a file as an entity',
    text((whole) => `<!DOCTYPE a [<!ENTITY s SYSTEM "file:///etc/hostname">]>${whole.replace('success', '&s;')}`),
  ],
  ['an unknown entity', status('&success;')],
  ['UTF-16', text((whole) => Buffer.from(`\uFEFF${whole}`, 'utf16le'))],
  ['bytes that are not UTF-8', text((whole) => Buffer.from(whole.replace('success', 'success\u00ff'), 'latin1'))],
  ['a NUL', text((whole) => whole.replace('success', 'success\0'))],
  ['HTML', text(() => '<!doctype html><html><body>success</body></html>')],
  ['JSON', text(() => '{"status":"success"}')],
  ['the word alone', text(() => 'success')],
  ['a status of 10 kB', status('success'.repeat(1_500))],
  ['a status that only begins so', status('successful')],
  ['a status with a full stop', status('success.')],
  ['a path of the block', status('right')],
  ['another path of the block', status('found')],
  ['the name of a block', status('thank-you')],
  ['the name of an exit', status('agent')],
  ['`__proto__`', status('__proto__')],
  ['`constructor`', status('constructor')],
  ['`toString`', status('toString')],
  [
    'elements nested 10,000 deep',
    text((whole) => whole.replace('success', `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`)),
  ],
  ['1,000 elements', text((whole) => whole.replace('</status>', `</status>${'<a/>'.repeat(1_000)}`))],
  ['100 kB', text((whole) => whole + ' '.repeat(100_000))],
  ['1 GB', (response, document) => void endless(response, document)],
  ['a gzip bomb', (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(BOMB)],
  [
    'compression that nobody asked for',
    (response, document) =>
      void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(document('success'))),
  ],
  // With answers before and after them: five faults in a row would open the circuit.
  ['500', coded(500)],
  ['a 502 page', (response) => void response.writeHead(502).end('<html><body>Bad Gateway</body></html>')],
  ['503, retry later', coded(503, { 'retry-after': '1' })],
  ['302 to a success', coded(302, { location: '/elsewhere' })],
  ['304', coded(304)],
  ['401', coded(401)],
  ['404', coded(404)],
  ['a connection that is reset', (response) => void response.destroy()],
  [
    'one byte a second',
    (response, document) => {
      const bytes = Array.from(document('success'));
      const drip = setInterval(() => void response.write(bytes.shift() ?? ' '), 1_000);
      response.on('close', () => clearInterval(drip));
      response.flushHeaders();
    },
  ],
  ['headers and no body', (response) => response.flushHeaders()],
  ['nothing at all', () => {}],
];

let stub: StubServer;
let world: World;
let account = 7000;
/** What one service answers; the others answer well. */
let odd: { readonly service: Service; readonly answer: Answer };

beforeAll(async () => {
  stub = await httpStub((response, _body, { url = '' }) => {
    const service = url.slice(1) as Service;
    const document = DOCUMENTS[service];
    if (odd.service === service) odd.answer(response, document);
    else response.end(document('success'));
  });
  world = await World.open({
    settings: {
      ...servicesAt(stub),
    },
    edit: {
      'callflows/two-factor.yaml': [
        ['made-by: internal', 'made-by: external'],
        ...Array.from({ length: 3 }, () => ['    timeout: 3s', '    timeout: 400ms'] as const),
      ],
    },
  });
});
afterAll(async () => {
  await world.close();
  await stub.close();
});

/** A call whose caller enters a code, as far as it comes. */
async function calls(service: Service, answer: Answer): Promise<Caller> {
  odd = { service, answer };
  account += 1;
  const caller = await world.caller().dials('two-factor', { AccountNumber: String(account) });
  if (caller.heard.includes('We emailed a code')) await caller.presses('123456');
  return caller;
}

const LEADS: Readonly<Record<Service, object>> = {
  methods: { exit: 'error', sends: 0, attempts: 0, grants: 0 },
  send: { exit: null, sends: 1, attempts: 0, grants: 0 },
  verify: { exit: 'error', sends: 1, attempts: 0, grants: 0 },
};

describe.each(['methods', 'send', 'verify'] as const)('an answer of the service "%s"', (service) => {
  it.each(GOOD)('%s: goes on', async (_what, answer) => {
    expect(await world.counts(await calls(service, answer))).toMatchObject({ exit: 'success', grants: 1 });
  });

  it.each(BAD)('%s: fails, and nobody comes in', async (_what, answer) => {
    expect(await world.counts(await calls(service, answer))).toMatchObject(LEADS[service]);
  });
});

describe('while a service answers endlessly, or never', () => {
  it.each(['1 GB', 'one byte a second', 'a gzip bomb', 'an entity bomb', 'nothing at all'])(
    '%s: other calls are answered meanwhile',
    async (what) => {
      const [, answer] = BAD.find(([name]) => name === what) ?? [];
      if (answer === undefined) throw new Error(`there is no answer "${what}"`);
      const others = await Promise.all(Array.from({ length: 10 }, () => world.caller().dials('main')));
      const order: string[] = [];
      const slow = calls('methods', answer).then(() => order.push('slow'));
      const took: number[] = [];
      for (const other of others) {
        const since = performance.now();
        await other.isSilent();
        took.push(Math.round(performance.now() - since));
        order.push('other');
      }
      await slow;
      console.log(`${what}: other calls were answered after ${took.join(', ')} ms`);
      // Only an answer that never ends lasts longer than another call for certain.
      const lasts = what === 'nothing at all' || what === 'one byte a second';
      expect(order.filter((each) => each === 'other')).toHaveLength(10);
      expect(lasts ? order[0] : 'other').toBe('other');
    },
  );
});
