/** Traces as a collector receives them: OTLP over HTTP, in JSON. */
import { randomBytes } from 'node:crypto';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { httpStub, silentStub, type StubServer } from '../support/stub-server.ts';
import { World } from '../support/world.ts';

const SPAN = z.object({
  traceId: z.string().length(32),
  spanId: z.string().length(16),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  status: z.object({ code: z.number() }),
  attributes: z.array(z.object({ key: z.string(), value: z.object({ stringValue: z.string() }) })),
});
/** https://github.com/open-telemetry/opentelemetry-proto, ExportTraceServiceRequest, as far as it is looked at. */
const EXPORT = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(z.object({ key: z.string(), value: z.unknown() })) }),
      scopeSpans: z.array(z.object({ spans: z.array(SPAN) })),
    }),
  ),
});
type ReceivedSpan = z.output<typeof SPAN>;

let world: World | undefined;
let collector: StubServer | undefined;
let received: { readonly url: string; readonly body: string }[];
beforeEach(() => {
  received = [];
});
afterEach(async () => {
  await world?.close();
  await collector?.close();
  world = undefined;
});

async function open(stub: StubServer, settings: Readonly<Record<string, string>> = {}): Promise<World> {
  collector = stub;
  world = await World.open({ settings: { OTEL_EXPORTER_OTLP_ENDPOINT: stub.url, ...settings } });
  return world;
}

const takesAll = () =>
  httpStub((response, body, { url = '' }) => {
    received.push({ url, body });
    response.setHeader('content-type', 'application/json').end('{}');
  });

/** All spans that came, once the server has been stopped and started again. */
async function spansOf(opened: World): Promise<readonly ReceivedSpan[]> {
  await opened.restarts();
  return received
    .flatMap(({ body }) => EXPORT.parse(JSON.parse(body)).resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

function attributesOf({ attributes }: ReceivedSpan): Readonly<Record<string, string>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));
}

describe('the trace of a turn', () => {
  it('has the turn, within it its tasks, and within them what dependencies and the store took', async () => {
    const opened = await open(await takesAll());
    const caller = await opened.caller().dials('two-factor', { AccountNumber: '1002' });
    await caller.presses(opened.code);
    const spans = await spansOf(opened);
    expect(new Set(received.map(({ url }) => url))).toEqual(new Set(['/v1/traces']));
    const turns = spans.filter(({ name }) => name === 'turn');
    expect(turns.map(attributesOf)).toMatchObject([
      { 'dialproof.call': caller.call, 'dialproof.channel': 'voice', 'dialproof.callflow': 'two-factor' },
      { 'dialproof.call': caller.call, 'dialproof.outcome': 'answered', 'dialproof.exit': 'success' },
    ]);
    expect(turns.map(({ kind, parentSpanId }) => [kind, parentSpanId])).toEqual([
      [2, undefined],
      [2, undefined],
    ]);
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const wayTo = (span: ReceivedSpan): string =>
      [...(span.parentSpanId === undefined ? [] : [wayTo(byId.get(span.parentSpanId) ?? span)]), span.name].join(' > ');
    expect(spans.map(wayTo)).toEqual(
      expect.arrayContaining([
        'turn > store claimTurn',
        'turn > task find-methods > ask web service',
        'turn > task send-code > store chargeSend',
        'turn > task send-code > ask email',
        'turn > task verify-code > store chargeAttempt',
        'turn > store saveTurn',
      ]),
    );
    const sending = spans.find(({ name }) => name === 'task send-code');
    expect(sending && attributesOf(sending)).toMatchObject({ 'dialproof.outcome': 'sent' });
  });

  it('holds no code, number, address or account', async () => {
    const opened = await open(await takesAll());
    for (const [account, keys] of [
      ['1002', ''],
      ['1003', '*'],
    ] as const) {
      const caller = await opened.caller().dials('two-factor', { AccountNumber: account });
      if (keys !== '') await caller.presses(opened.wrongCode);
      await caller.presses(opened.code);
    }
    const spans = await spansOf(opened);
    const words = spans.flatMap((span) => [span.name, ...Object.values(attributesOf(span))]);
    expect(words.length).toBeGreaterThan(20);
    expect(await opened.leaks(opened.inbox.messages, words.join('\n'))).toEqual([]);
    expect(words.filter((word) => /^(?:1002|1003)$|\+1|@/.test(word))).toEqual([]);
    expect(new Set(spans.flatMap(({ attributes }) => attributes.map(({ key }) => key)))).toEqual(
      new Set(['call', 'channel', 'outcome', 'callflow', 'block', 'exit'].map((name) => `dialproof.${name}`)),
    );
  });

  it('belongs to the trace that the request names', async () => {
    const opened = await open(await takesAll());
    const { publicUrl, server, authToken } = opened.address;
    const [trace, parent] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
    const form = { CallSid: `CA${randomBytes(16).toString('hex')}`, AccountSid: 'AC1', CallStatus: 'ringing' };
    const ask = (traceparent: string) =>
      fetch(`${server}/voice/main`, {
        method: 'POST',
        body: new URLSearchParams(form),
        headers: {
          traceparent,
          'x-twilio-signature': webhooks.getExpectedTwilioSignature(authToken, `${publicUrl}/voice/main`, form),
        },
      });
    for (const traceparent of [`00-${trace}-${parent}-01`, `00-${trace}-zz-01`, '00']) await ask(traceparent);
    const turns = (await spansOf(opened)).filter(({ name }) => name === 'turn');
    expect(turns.map(({ traceId, parentSpanId }) => (traceId === trace ? parentSpanId : null))).toEqual([
      parent,
      null,
      null,
    ]);
  });

  it('is left out where OTEL_TRACES_SAMPLER_ARG says so', async () => {
    const opened = await open(await takesAll(), { OTEL_TRACES_SAMPLER_ARG: '0' });
    await opened.caller().dials('main');
    expect(await spansOf(opened)).toEqual([]);
  });
});

describe('a collector', () => {
  it('that says nothing keeps no caller waiting, and no stop for long', async () => {
    const opened = await open(await silentStub());
    const caller = await opened.caller().dials('two-factor', { AccountNumber: '1002' });
    await caller.presses(opened.code);
    expect(await opened.counts(caller)).toMatchObject({ exit: 'success' });
    const began = performance.now();
    await opened.restarts();
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('that takes nothing is one warning in the log', async () => {
    const opened = await open(await httpStub((response) => void response.writeHead(400).end()));
    await opened.caller().dials('main');
    await opened.restarts();
    expect(opened.log.split('the collector takes no traces: they are dropped')).toHaveLength(2);
  });
});
