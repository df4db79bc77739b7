import { randomBytes, randomUUID } from 'node:crypto';
import { transcript, type Verb } from '../../../core/call/verbs.ts';
import { httpLine } from '../../../telephone/http-line.ts';
import type { OwnServer } from './own-customer.ts';

/** Answers the call that tells a code, presses the key that it asks for, and listens. */
export async function answerCodeCall(url: string, { at, store }: OwnServer): Promise<string | null> {
  const line = httpLine({
    ...at,
    ...at.credentials,
    callSid: `CA${randomBytes(16).toString('hex')}`,
    from: '+12025550100',
    to: '+12025550123',
    newToken: randomUUID,
  });
  const key = (await store.readCodeCall(url.split('/').at(-1) ?? ''))?.tells.key;
  const asks = (await line.request({ url }))?.find((verb) => verb.verb === 'gather');
  if (key === undefined || asks === undefined) return null;
  const heard = (await line.request({ url: asks.action, digits: key })) ?? [];
  return /\d(?: ?\d){3,9}/.exec(said(heard))?.[0].replaceAll(' ', '') ?? null;
}

function said(verbs: readonly Verb[]): string {
  return verbs.flatMap((verb) => (verb.verb === 'say' ? [transcript(verb.utterance.parts)] : [])).join('. ');
}
