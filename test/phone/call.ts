/** One call of the run: the person, their phone, and who answers it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { readDemoCall } from '../../src/cli/call/demo-api.ts';
import { inbox } from '../../src/cli/call/inbox.ts';
import type { DialOutcome, Listening } from '../../src/telephone/call-events.ts';
import { httpLine } from '../../src/telephone/http-line.ts';
import { parseKeys } from '../../src/telephone/keys.ts';
import { scriptedCaller } from '../../src/telephone/scripted-caller.ts';
import type { Phone } from './phone.ts';
import { RtpStream } from './rtp-stream.ts';
import type { SipCall } from './sip-endpoint.ts';
import type { Stage } from './stage.ts';
import { playPlatform, type PlatformReport, type Prompt } from './voice-platform.ts';

export interface CallPlan {
  readonly name: string;
  /** In the notation of `dialproof call --keys`. */
  readonly keys: string;
  /** Presses while prompts are still spoken. */
  readonly bargesIn: boolean;
  readonly ends: CallEnd;
}

/** How a call went: who hung up, how the dialled phone was reached, and what the server says of it. */
export interface CallEnd {
  readonly by: 'caller' | 'line';
  /** A key has cut a prompt short. */
  readonly bargedIn: boolean;
  readonly dialled: DialOutcome | null;
  readonly exit: string | null;
  readonly attempts: number;
}

type CallParts = Stage & { readonly caller: Phone };

export interface CallReport {
  readonly end: CallEnd;
  /** What the caller heard, in seconds of the caller's recording. */
  readonly heard: readonly Prompt[];
}

/** The payload type of keys that the agent is offered. */
const EVENTS = 101;
const DIAL_MS = 15_000;
/** How long the agent speaks with the caller. */
const TALK_MS = 4_000;
const BARGE_IN_MS = 1_500;
const KEY_GAP_MS = 300;
const HANG_UP_MS = 10_000;

export async function makeCall(plan: CallPlan, parts: CallParts): Promise<CallReport> {
  const stream = await RtpStream.open();
  try {
    const taken = new Promise<SipCall>((resolve) => {
      parts.sip.onCall = (call) => {
        resolve(call);
        return { ...call.media, port: stream.port };
      };
    });
    parts.caller.dial(parts.sip.port);
    const call = await taken;
    await parts.caller.tells('CALL_ESTABLISHED');
    stream.start(call.media);
    return await playCall(plan, { ...parts, stream, call });
  } finally {
    stream.close();
  }
}

type Answered = CallParts & { readonly stream: RtpStream; readonly call: SipCall };

async function playCall(plan: CallPlan, parts: Answered): Promise<CallReport> {
  const { server, stream, call, caller } = parts;
  const callSid = `CA${randomBytes(16).toString('hex')}`;
  const talks: Prompt[] = [];
  const person = personOf(plan, parts, callSid);
  const line = httpLine({
    server,
    publicUrl: server,
    accountSid: `AC${'0'.repeat(32)}`,
    authToken: parts.authToken,
    callSid,
    from: '+12025550123',
    to: '+12025550100',
    newToken: randomUUID,
    signal: call.ended,
  });
  const report = await playPlatform({
    url: `${server}/voice/main`,
    line,
    stream,
    ended: call.ended,
    onListening: person.answers,
    dial: async () => {
      const from = stream.sent;
      const outcome = await putThrough(parts);
      talks.push({ words: '(the agent speaks)', from, to: stream.sent, cut: false });
      return outcome;
    },
  });
  await call.hangUp();
  await caller.tells('CALL_CLOSED');
  person.throwIfFailed();
  return { end: await endOf(report, server, callSid), heard: [...report.prompts, ...talks] };
}

/** Rings the agent, and lets both hear each other until one hangs up. */
async function putThrough({ sip, stream, call, agent }: Answered): Promise<DialOutcome> {
  const toAgent = await RtpStream.open();
  try {
    const signal = AbortSignal.any([call.ended, AbortSignal.timeout(DIAL_MS)]);
    const taken = await sip.invite(agent.port, { port: toAgent.port, events: EVENTS }, signal).catch(() => null);
    if (taken === null) return 'no-answer';
    if (typeof taken === 'number') return taken === 486 ? 'busy' : 'failed';
    toAgent.onFrame = (frame) => stream.handOver(frame);
    stream.onFrame = (frame) => toAgent.handOver(frame);
    toAgent.start(taken.media);
    void delay(TALK_MS).then(() => agent.hangUp());
    const over = AbortSignal.any([call.ended, taken.ended]);
    await delay(TALK_MS + HANG_UP_MS, undefined, { signal: over }).catch(() => undefined);
    await taken.hangUp();
    return 'completed';
  } finally {
    stream.onFrame = () => undefined;
    toAgent.close();
  }
}

/** Presses what the plan says on the phone; codes come from the demo's inbox. */
function personOf({ keys, bargesIn }: CallPlan, { server, caller: phone }: CallParts, callSid: string) {
  const mail = inbox({
    read: () => readDemoCall(server, callSid, AbortSignal.timeout(5_000)),
    wait: (ms) => delay(ms),
  });
  const next = scriptedCaller(parseKeys(keys), mail.codes);
  let failed: unknown = null;
  const act = async (listening: Listening, spoken: Promise<unknown>): Promise<void> => {
    const presses = await next(listening);
    if (presses.keys.length === 0 && presses.hangUp !== true) return;
    await (bargesIn && presses.hangUp !== true ? delay(BARGE_IN_MS) : spoken);
    for (const { key } of presses.keys) {
      phone.press(key);
      await delay(KEY_GAP_MS);
    }
    if (presses.hangUp === true) phone.hangUp();
  };
  return {
    answers: (listening: Listening, spoken: Promise<unknown>): void => {
      act(listening, spoken).catch((error: unknown) => {
        failed = error;
        phone.hangUp();
      });
    },
    throwIfFailed: (): void => {
      if (failed !== null) throw failed;
    },
  };
}

async function endOf({ endedBy, dialled, prompts }: PlatformReport, server: string, callSid: string): Promise<CallEnd> {
  const seen = await readDemoCall(server, callSid, AbortSignal.timeout(5_000));
  if (seen === null) throw new Error('the demo does not know the call');
  return {
    by: endedBy,
    bargedIn: prompts.some(({ cut }) => cut),
    dialled,
    exit: seen.exit,
    attempts: seen.attempts,
  };
}
