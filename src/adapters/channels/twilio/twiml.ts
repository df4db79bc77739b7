import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { Reply } from '../../../core/contracts/turns.ts';
import { transcript, type Gather, type SpeechPart, type Spoken, type Verb } from '../../../core/call/verbs.ts';
import { cleanText } from '../clean-text.ts';

type Say = VoiceResponse.Say | VoiceResponse.SsmlProsody;
/** What may hold something spoken: the document, and a Gather. */
interface Speaker {
  say(attributes: object, words: string): VoiceResponse.Say;
  play(attributes: object, url: string): { readonly play: { commentBefore(text: string): unknown } };
  pause(attributes: { length: number }): unknown;
}

/** Writes verbs as TwiML, in the subset that Twilio, SignalWire, Telnyx and Somleng share. */
export function writeTwiml(verbs: readonly Verb[]): Reply {
  const response = new VoiceResponse();
  for (const verb of verbs) {
    switch (verb.verb) {
      case 'say':
      case 'play':
      case 'pause':
        speak(response, verb);
        break;
      case 'gather':
        gather(response, verb);
        break;
      case 'redirect':
        response.redirect({ method: 'POST' }, verb.url);
        break;
      case 'dial':
        dial(response, verb);
        break;
      case 'enqueue':
        response.enqueue({ action: verb.action, method: 'POST' }, cleanText(verb.queue));
        break;
      case 'hangup':
        response.hangup();
        break;
    }
  }
  return { type: 'text/xml; charset=utf-8', body: response.toString() };
}

/** Seconds of silence after which what was said is complete: digits are said with pauses. */
const SPEECH_TIMEOUT = '2';

function gather(response: VoiceResponse, { action, numDigits, timeout, finishOnKey, speech, spoken }: Gather): void {
  const keys = { finishOnKey, ...(numDigits === undefined ? {} : { numDigits }) };
  const words = speech && {
    language: cleanText(speech.language) as NonNullable<VoiceResponse.GatherAttributes['language']>,
    speechTimeout: SPEECH_TIMEOUT,
  };
  const element = response.gather({
    input: speech === undefined ? ['dtmf'] : speech.only ? ['speech'] : ['dtmf', 'speech'],
    action,
    method: 'POST',
    timeout,
    ...(speech?.only === true ? {} : keys),
    ...words,
  });
  for (const each of spoken) speak(element, each);
}

function dial(response: VoiceResponse, { to, action }: Extract<Verb, { verb: 'dial' }>): void {
  const element = response.dial(action === undefined ? {} : { action, method: 'POST' });
  if (to.kind === 'number') {
    element.number(cleanText(to.number));
    return;
  }
  const headers = new URLSearchParams(to.headers).toString();
  element.sip(cleanText(headers === '' ? to.uri : `${to.uri}${to.uri.includes('?') ? '&' : '?'}${headers}`));
}

function speak(into: Speaker, spoken: Spoken): void {
  if (spoken.verb === 'pause') into.pause({ length: spoken.seconds });
  else if (spoken.verb === 'play') {
    const { play } = into.play({}, spoken.url);
    const words = transcript(spoken.utterance.parts);
    // For people and programs that read the document; platforms pass over it.
    if (words !== '') play.commentBefore(commentText(words));
  } else {
    const { language, voice, parts } = spoken.utterance;
    write(into.say({ language, ...(voice === undefined ? {} : { voice }) }, ''), parts);
  }
}

/** A comment holds no two hyphens after each other. */
function commentText(text: string): string {
  return cleanText(text).replaceAll(/-(?=-)/g, '- ');
}

function write(say: Say, parts: readonly SpeechPart[]): void {
  for (const part of parts) {
    switch (part.kind) {
      case 'text':
        say.addText(cleanText(part.text));
        break;
      case 'digits':
        say.sayAs({ 'interpret-as': 'digits' }, cleanText(part.text));
        break;
      case 'spell':
        say.sayAs({ 'interpret-as': 'spell-out' }, cleanText(part.text));
        break;
      case 'pause':
        say.break({ time: `${part.ms}ms` });
        break;
      case 'slow':
        write(say.prosody({ rate: 'slow' }, ''), part.parts);
        break;
    }
  }
}
