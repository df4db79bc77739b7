import type { Reply } from '../../../core/contracts/turns.ts';
import { transcript, type Gather, type SpeechPart, type Spoken, type Verb } from '../../../core/call/verbs.ts';
import { comment, element, text } from './xml.ts';

/** Writes verbs as TwiML, in the subset that Twilio, SignalWire, Telnyx and Somleng share. */
export function writeTwiml(verbs: readonly Verb[]): Reply {
  const body = `<?xml version="1.0" encoding="UTF-8"?>${element('Response', {}, verbs.map(written).join(''))}`;
  return { type: 'text/xml; charset=utf-8', body };
}

function written(verb: Verb): string {
  switch (verb.verb) {
    case 'say':
    case 'play':
    case 'pause':
      return spoken(verb);
    case 'gather':
      return gather(verb);
    case 'redirect':
      return element('Redirect', { method: 'POST' }, text(verb.url));
    case 'dial':
      return dial(verb);
    case 'enqueue':
      return element('Enqueue', { action: verb.action, method: 'POST' }, text(verb.queue));
    case 'hangup':
      return element('Hangup', {});
  }
}

/** Seconds of silence after which what was said is complete: digits are said with pauses. */
const SPEECH_TIMEOUT = '2';

function gather({ action, numDigits, timeout, finishOnKey, speech, spoken: inside }: Gather): string {
  const input = speech === undefined ? 'dtmf' : speech.only ? 'speech' : 'dtmf speech';
  const keys = speech?.only === true ? {} : { finishOnKey, numDigits };
  const words = speech && { language: speech.language, speechTimeout: SPEECH_TIMEOUT };
  const attributes = { input, action, method: 'POST', timeout, ...keys, ...words };
  return element('Gather', attributes, inside.map(spoken).join(''));
}

function dial({ to, action }: Extract<Verb, { verb: 'dial' }>): string {
  return element('Dial', action === undefined ? {} : { action, method: 'POST' }, destination(to));
}

function destination(to: Extract<Verb, { verb: 'dial' }>['to']): string {
  if (to.kind === 'number') return element('Number', {}, text(to.number));
  const headers = new URLSearchParams(to.headers).toString();
  const uri = headers === '' ? to.uri : `${to.uri}${to.uri.includes('?') ? '&' : '?'}${headers}`;
  return element('Sip', {}, text(uri));
}

function spoken(each: Spoken): string {
  if (each.verb === 'pause') return element('Pause', { length: each.seconds });
  if (each.verb === 'play') {
    const words = transcript(each.utterance.parts);
    // For people and programs that read the document; platforms pass over it.
    return (words === '' ? '' : comment(words)) + element('Play', {}, text(each.url));
  }
  const { language, voice, parts } = each.utterance;
  return element('Say', { language, voice }, said(parts));
}

function said(parts: readonly SpeechPart[]): string {
  return parts.map(ssml).join('');
}

function ssml(part: SpeechPart): string {
  switch (part.kind) {
    case 'text':
      return text(part.text);
    case 'digits':
      return element('say-as', { 'interpret-as': 'digits' }, text(part.text));
    case 'spell':
      return element('say-as', { 'interpret-as': 'spell-out' }, text(part.text));
    case 'pause':
      return element('break', { time: `${part.ms}ms` });
    case 'slow':
      return element('prosody', { rate: 'slow' }, said(part.parts));
  }
}
