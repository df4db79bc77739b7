import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeTwiml } from '../../../src/adapters/channels/twilio/twiml.ts';
import type { SpeechPart, Spoken, Verb } from '../../../src/core/call/verbs.ts';
import { readTwiml } from '../../../src/telephone/twiml-reader.ts';
import { keepDocument } from '../../support/documents.ts';

const action = 'https://voice.example.com/voice/turn/abc?a=1&b=2';

function say(parts: readonly SpeechPart[], language = 'en-US'): Spoken {
  return { verb: 'say', utterance: { prompt: '', parts, language } };
}

function document(...verbs: readonly Verb[]): string {
  const { body } = writeTwiml(verbs);
  keepDocument(body);
  return body;
}

/** Without what XML 1.0 cannot hold, and the control characters that it only discourages (XML 1.0, 2.2). */
function legible(text: string): string {
  return Array.from(text)
    .filter((character) => /^[\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]$/u.test(character))
    .join('');
}

/** Any string of 16-bit units, and the ones that break XML often. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom('\0', '\u0007', '\u0085', '\ufffe', '\uffff', '\ud800', '\udc00', '😀', ']]>', '<![CDATA['),
      fc.constantFrom('<Hangup/>', '</Say>', '&amp;', '&', '"', "'", '<!--', '<?x?>', '<!DOCTYPE a>', '\r', '\t', ' '),
    ),
  )
  .map((parts) => parts.join(''));

describe('TwiML of any text is well-formed and reads back as it was meant', () => {
  it('a prompt', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [verb] = readTwiml(writeTwiml([say([{ kind: 'text', text }])]).body);
        const parts = verb?.verb === 'say' ? verb.utterance.parts : [];
        expect(parts.map((part) => (part.kind === 'text' ? part.text : part.kind)).join('')).toBe(legible(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('a recording: what it says never breaks out of its comment', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const utterance = { prompt: '', parts: [{ kind: 'text', text }], language: 'en-US' } as const;
        const play = { verb: 'play', url: 'https://a.example/1.wav', utterance } as const;
        const [verb, ...others] = readTwiml(writeTwiml([play, { verb: 'hangup' }]).body);
        expect(verb).toMatchObject({ verb: 'play', url: play.url });
        expect(others).toEqual([{ verb: 'hangup' }]);
      }),
      { numRuns: 1000 },
    );
  });

  it('a number to dial, and a variable that is spelt out, stay text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(legible(text).trim() !== '');
        const [spoken, dial] = readTwiml(
          writeTwiml([say([{ kind: 'spell', text }]), { verb: 'dial', to: { kind: 'number', number: text }, action }])
            .body,
        );
        expect(spoken).toEqual(say([{ kind: 'spell', text: legible(text).trim() }]));
        expect(dial).toEqual({ verb: 'dial', to: { kind: 'number', number: legible(text).trim() }, action });
      }),
    );
  });

  it('the headers of a SIP transfer: whatever is in them stays one value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (reason, verified) => {
        const to = {
          kind: 'sip',
          uri: 'sip:agents@example.com',
          headers: { 'X-Verified': String(verified), 'X-Reason': reason },
        } as const;
        expect(readTwiml(document({ verb: 'dial', to, action }))).toEqual([{ verb: 'dial', to, action }]);
      }),
    );
  });

  it('the language and the voice are attributes that cannot be left', () => {
    const utterance = {
      prompt: '',
      language: 'en-US" x="1',
      voice: '"><Hangup/>',
      parts: [{ kind: 'text', text: 'Hi' }],
    } as const;
    expect(readTwiml(writeTwiml([{ verb: 'say', utterance }]).body)).toEqual([{ verb: 'say', utterance }]);
  });
});

describe('the XML itself', () => {
  it.each<[what: string, verb: Verb, xml: string]>([
    [
      'digits one by one',
      say([{ kind: 'digits', text: '42' }]),
      '<Say language="en-US"><say-as interpret-as="digits">42</say-as></Say>',
    ],
    [
      'letters one by one',
      say([{ kind: 'spell', text: 'ab' }]),
      '<Say language="en-US"><say-as interpret-as="spell-out">ab</say-as></Say>',
    ],
    ['a pause in a sentence', say([{ kind: 'pause', ms: 1500 }]), '<Say language="en-US"><break time="1500ms"/></Say>'],
    [
      'slow speech, with digits in it',
      say(
        [
          {
            kind: 'slow',
            parts: [
              { kind: 'text', text: 'It is ' },
              { kind: 'digits', text: '7' },
            ],
          },
        ],
        'es-ES',
      ),
      '<Say language="es-ES"><prosody rate="slow">It is <say-as interpret-as="digits">7</say-as></prosody></Say>',
    ],
    [
      'a question of six digits',
      {
        verb: 'gather',
        action,
        numDigits: 6,
        timeout: 5,
        finishOnKey: '#',
        spoken: [say([{ kind: 'text', text: 'Code?' }])],
      },
      `<Gather input="dtmf" action="${action.replace('&', '&amp;')}" method="POST" timeout="5" finishOnKey="#" numDigits="6"><Say language="en-US">Code?</Say></Gather>`,
    ],
    [
      'a question that # may answer',
      { verb: 'gather', action: 'https://a.example', timeout: 5, finishOnKey: '', spoken: [] },
      '<Gather input="dtmf" action="https://a.example" method="POST" timeout="5" finishOnKey=""/>',
    ],
    [
      'a question that words may answer, too',
      {
        verb: 'gather',
        action: 'https://a.example',
        numDigits: 12,
        timeout: 5,
        finishOnKey: '#',
        speech: { language: 'es-ES', only: false },
        spoken: [],
      },
      '<Gather input="dtmf speech" action="https://a.example" method="POST" timeout="5" finishOnKey="#" numDigits="12" language="es-ES" speechTimeout="2"/>',
    ],
    [
      'a question that only words answer',
      {
        verb: 'gather',
        action: 'https://a.example',
        numDigits: 12,
        timeout: 5,
        finishOnKey: '#',
        speech: { language: 'en-US', only: true },
        spoken: [],
      },
      '<Gather input="speech" action="https://a.example" method="POST" timeout="5" language="en-US" speechTimeout="2"/>',
    ],
    [
      'a recording',
      { verb: 'play', url: 'https://a.example/1.wav', utterance: { prompt: '', parts: [], language: 'en-US' } },
      '<Play>https://a.example/1.wav</Play>',
    ],
    [
      'a recording and what it says',
      {
        verb: 'play',
        url: 'https://a.example/1.wav',
        utterance: { prompt: '', parts: [{ kind: 'text', text: 'Hello -- & welcome ->' }], language: 'en-US' },
      },
      '<!-- Hello - - & welcome -> --><Play>https://a.example/1.wav</Play>',
    ],
    [
      'a question that is recorded',
      {
        verb: 'gather',
        action: 'https://a.example',
        timeout: 5,
        finishOnKey: '#',
        spoken: [
          {
            verb: 'play',
            url: 'https://a.example/1.wav',
            utterance: { prompt: '', parts: [{ kind: 'text', text: 'Your number, please.' }], language: 'en-US' },
          },
        ],
      },
      '<Gather input="dtmf" action="https://a.example" method="POST" timeout="5" finishOnKey="#"><!-- Your number, please. --><Play>https://a.example/1.wav</Play></Gather>',
    ],
    ['a held line', { verb: 'pause', seconds: 1 }, '<Pause length="1"/>'],
    [
      'a Redirect',
      { verb: 'redirect', url: 'https://a.example/?a=1&b=2' },
      '<Redirect method="POST">https://a.example/?a=1&amp;b=2</Redirect>',
    ],
    [
      'a transfer to a SIP address that has parameters already',
      {
        verb: 'dial',
        to: { kind: 'sip', uri: 'sip:a@b.example?X-A=1', headers: { 'X-Verified': 'true' } },
        action: 'https://a.example',
      },
      '<Dial action="https://a.example" method="POST"><Sip>sip:a@b.example?X-A=1&amp;X-Verified=true</Sip></Dial>',
    ],
    [
      'a queue, and what becomes of it',
      { verb: 'enqueue', queue: 'help & "support"', action: 'https://a.example/?a=1&b=2' },
      '<Enqueue action="https://a.example/?a=1&amp;b=2" method="POST">help &amp; "support"</Enqueue>',
    ],
    ['the end', { verb: 'hangup' }, '<Hangup/>'],
  ])('%s', (_what, verb, xml) => {
    expect(document(verb)).toBe(`<?xml version="1.0" encoding="UTF-8"?><Response>${xml}</Response>`);
  });

  it('is announced as XML in UTF-8', () => expect(writeTwiml([]).type).toBe('text/xml; charset=utf-8'));
});
