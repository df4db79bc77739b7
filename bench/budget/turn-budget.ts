/**
 * What a turn's time is spent on, in this process and by the server's own code but for HTTP: 32 calls take each turn side
 * by side, as many as share one commit. Prints microseconds a turn: of many rounds the least, for what else the machine does
 * only adds to it.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { LineCall, TURNS_OF_A_CALL, type Post } from '../load/line-call.ts';
import { Installation } from '../servers/dialproof.ts';
import { openVoice } from './open-voice.ts';
import { PARTS, Stopwatch, type Part } from './stopwatch.ts';
import { timedStore } from './timed-store.ts';

const [WARM_UP, ROUNDS, CALLS] = [10, 30, 32];
const TARGET = { server: 'http://127.0.0.1', authToken: 'token' };
const WORDS: Readonly<Record<Part, string>> = {
  request: 'form and signature',
  claim: 'store: load and open the call, seal and save the turn; one commit of 32',
  step: 'step: the callflow, and the reply as a document',
  save: 'store again, where the call leaves',
  after: 'log line, and the end',
};

const installation = await Installation.make();
let stopwatch = new Stopwatch();
const { voice, close } = await openVoice(installation.folder, {
  publicUrl: TARGET.server,
  authToken: TARGET.authToken,
  around: (store) => timedStore(store, { calls: CALLS, stopwatch: { begins: (part) => stopwatch.begins(part) } }),
});
/** Microseconds of one turn of the script, by its part. */
const least = new Map<string, number>();
for (let round = 0; round < WARM_UP + ROUNDS; round++) await playCalls(voice, round >= WARM_UP);
await close();
await installation.remove();
const rows = PARTS.map((part) => [WORDS[part], ofAverageTurn(part)] as const);
const all = rows.reduce((sum, [, each]) => sum + each, 0);
const lines = [...rows, ['all but HTTP', all] as const].map(([part, each]) => `| ${part} | ${each.toFixed(0)} |\n`);
const table = `| part | µs a turn |\n|---|---|\n${lines.join('')}`;
process.stdout.write(table);

function ofAverageTurn(part: Part): number {
  const turns = Array.from({ length: TURNS_OF_A_CALL }, (_, turn) => least.get(`${turn} ${part}`) ?? 0);
  return turns.reduce((sum, each) => sum + each, 0) / TURNS_OF_A_CALL;
}

async function playCalls(listener: RequestListener, counts: boolean): Promise<void> {
  const calls = Array.from({ length: CALLS }, () => new LineCall(TARGET));
  for (let turn = 0; turn < TURNS_OF_A_CALL; turn++) {
    const posts = calls.map((call) => call.next());
    const replies = posts.map((post) => requestOf(post));
    stopwatch = new Stopwatch();
    stopwatch.begins('request');
    const bodies = await Promise.all(replies.map((request) => answered(listener, request)));
    stopwatch.begins(null);
    if (counts) keepLeast(turn);
    for (const [index, body] of bodies.entries()) calls[index]?.heard(200, body);
  }
}

function keepLeast(turn: number): void {
  for (const [part, ms] of stopwatch.spent) {
    const name = `${turn} ${part}`;
    least.set(name, Math.min(least.get(name) ?? Infinity, (ms * 1000) / CALLS));
  }
}

function requestOf({ path, body, signature }: Post): IncomingMessage {
  const headers = { 'content-length': String(body.length), 'x-twilio-signature': signature };
  return Object.assign(Readable.from([Buffer.from(body)]), {
    url: path,
    method: 'POST',
    headers,
  }) as unknown as IncomingMessage;
}

function answered(listener: RequestListener, request: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const response = { writeHead: () => response, end: (body: string) => resolve(body) };
    listener(request, response as unknown as ServerResponse & { req: IncomingMessage });
  });
}
