import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import { describe, expect, it } from 'vitest';
import { readTwiml } from '../../src/telephone/twiml-reader.ts';

const url = 'https://voice.example.com/turn?n=abc';
const say = (parts: readonly unknown[], rest = {}) => ({
  verb: 'say',
  utterance: { prompt: '', parts, language: 'en-US', ...rest },
});
const text = (text: string) => ({ kind: 'text', text });
const response = (inside: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${inside}</Response>`;

describe('TwiML that every voice platform understands', () => {
  it.each([
    ['an empty reply', '', []],
    ['Say', '<Say>Hello</Say>', [say([text('Hello')])]],
    [
      'Say in a voice',
      '<Say voice="Polly.Amy" language="en-GB">Hello</Say>',
      [say([text('Hello')], { voice: 'Polly.Amy', language: 'en-GB' })],
    ],
    [
      'digits',
      '<Say>in <say-as interpret-as="digits">56</say-as></Say>',
      [say([text('in '), { kind: 'digits', text: '56' }])],
    ],
    [
      'spelling',
      '<Say><say-as interpret-as="spell-out">ab</say-as><say-as interpret-as="characters">c</say-as></Say>',
      [
        say([
          { kind: 'spell', text: 'ab' },
          { kind: 'spell', text: 'c' },
        ]),
      ],
    ],
    [
      'breaks',
      '<Say><break time="1s"/><break time="500ms"/><break time="0.5s"/></Say>',
      [
        say([
          { kind: 'pause', ms: 1000 },
          { kind: 'pause', ms: 500 },
          { kind: 'pause', ms: 500 },
        ]),
      ],
    ],
    [
      'slow speech',
      '<Say><prosody rate="slow">a<say-as interpret-as="digits">1</say-as></prosody></Say>',
      [say([{ kind: 'slow', parts: [text('a'), { kind: 'digits', text: '1' }] }])],
    ],
    ['entities and CDATA', '<Say>a &amp; b &lt;<![CDATA[<c>]]></Say>', [say([text('a & b <'), text('<c>')])]],
    ['Play', `<Play>${url}</Play>`, [{ verb: 'play', url, utterance: { prompt: '', parts: [], language: 'en-US' } }]],
    [
      'Play, and in a comment before it what it says',
      `<!-- Bye --><Hangup/><Play>${url}</Play><!-- Hello -->\n<Play>${url}</Play><!-- The end -->`,
      [
        { verb: 'hangup' },
        { verb: 'play', url, utterance: { prompt: '', parts: [], language: 'en-US' } },
        { verb: 'play', url, utterance: { prompt: '', parts: [text('Hello')], language: 'en-US' } },
      ],
    ],
    [
      'Pause',
      '<Pause length="2"/><Pause/>',
      [
        { verb: 'pause', seconds: 2 },
        { verb: 'pause', seconds: 1 },
      ],
    ],
    [
      'Gather with its defaults',
      `<Gather action="${url}"/>`,
      [{ verb: 'gather', action: url, timeout: 5, finishOnKey: '#', spoken: [] }],
    ],
    [
      'Gather',
      `<Gather input="dtmf" method="POST" action="${url}" numDigits="6" timeout="3" finishOnKey=""><Say>Code</Say><Pause length="1"/></Gather>`,
      [
        {
          verb: 'gather',
          action: url,
          numDigits: 6,
          timeout: 3,
          finishOnKey: '',
          spoken: [say([text('Code')]), { verb: 'pause', seconds: 1 }],
        },
      ],
    ],
    ['Redirect', `<Redirect method="POST">${url.replace('&', '&amp;')}</Redirect>`, [{ verb: 'redirect', url }]],
    [
      'Dial a number',
      `<Dial action="${url}"><Number>+12025550199</Number></Dial>`,
      [{ verb: 'dial', to: { kind: 'number', number: '+12025550199' }, action: url }],
    ],
    [
      'Dial and go on',
      '<Dial><Number>+12025550199</Number></Dial>',
      [{ verb: 'dial', to: { kind: 'number', number: '+12025550199' } }],
    ],
    [
      'Dial a SIP address with headers',
      `<Dial action="${url}"><Sip>sip:agent@example.com?X-Verified=yes&amp;X-Reason=no%20code</Sip></Dial>`,
      [
        {
          verb: 'dial',
          to: { kind: 'sip', uri: 'sip:agent@example.com', headers: { 'X-Verified': 'yes', 'X-Reason': 'no code' } },
          action: url,
        },
      ],
    ],
    [
      'Enqueue',
      `<Enqueue action="${url}" method="POST">support</Enqueue>`,
      [{ verb: 'enqueue', queue: 'support', action: url }],
    ],
    ['Hangup, spaces and comments', '\n  <!-- bye -->\n  <Hangup/>\n', [{ verb: 'hangup' }]],
  ])('%s', (_what, inside, verbs) => {
    expect(readTwiml(response(inside))).toEqual(verbs);
  });

  it("what the SDK's writer escapes is read back as it was", () => {
    const reply = new VoiceResponse();
    reply.say({ language: 'en-US' }, `5 < 6 & "7" 'eight' é 漢`);
    reply.redirect({ method: 'POST' }, 'https://voice.example.com/turn?a=1&b=2');
    expect(readTwiml(reply.toString())).toEqual([
      say([text(`5 < 6 & "7" 'eight' é 漢`)]),
      { verb: 'redirect', url: 'https://voice.example.com/turn?a=1&b=2' },
    ]);
  });

  it.each([
    ['text that is no XML', 'Hello', 'The reply is not well-formed XML'],
    ['a document cut short', '<Response><Say>Hi', 'The reply is not well-formed XML'],
    ['no document', '', 'The reply is not well-formed XML'],
    ['a DOCTYPE', '<!DOCTYPE Response><Response/>', 'it has a DOCTYPE'],
    ['a processing instruction', '<?php ?><Response/>', 'it has a processing instruction'],
    ['another root', '<html></html>', "The reply's root is <html>, not <Response>."],
    ['over 64 kB', response(`<Say>${'a'.repeat(65_536)}</Say>`), 'The reply is longer than 64 kB.'],
  ])('refuses %s', (_what, document, message) => {
    expect(() => readTwiml(document)).toThrow(
      expect.objectContaining({ code: 'twiml-invalid', message: expect.stringContaining(message) }),
    );
  });

  it.each([
    ['a verb outside the subset', '<Record/>', '<Record> is not understood here.'],
    ['a verb in lower case', '<say>Hi</say>', '<say> is not understood here.'],
    ['text outside of verbs', 'Hi', '<Response> holds text outside of any verb.'],
    [
      'an attribute that not every platform knows',
      `<Gather action="${url}" actionOnEmptyResult="true"/>`,
      '<Gather> has an attribute "actionOnEmptyResult", which not every platform knows.',
    ],
    [
      'an unknown input',
      `<Gather action="${url}" input="fax"/>`,
      '<Gather input="fax"> is none of dtmf, dtmf speech, speech.',
    ],
    ['a GET', `<Redirect method="GET">${url}</Redirect>`, '<Redirect method="GET"> is not "POST".'],
    ['a Gather without action', '<Gather/>', '<Gather> has no attribute "action".'],
    ['a relative action', '<Gather action="/turn"/>', 'The URL of <Gather> is not absolute.'],
    ['a relative Redirect', '<Redirect>turn</Redirect>', 'The URL of <Redirect> is not absolute.'],
    ['an empty Redirect', '<Redirect/>', '<Redirect> is empty.'],
    [
      'a timeout that is no whole number',
      `<Gather action="${url}" timeout="2.5"/>`,
      '<Gather timeout> is "2.5", not a whole number from 1 on.',
    ],
    [
      'timeout="auto"',
      `<Gather action="${url}" timeout="auto"/>`,
      '<Gather timeout> is "auto", not a whole number from 1 on.',
    ],
    [
      'numDigits 0',
      `<Gather action="${url}" numDigits="0"/>`,
      '<Gather numDigits> is "0", not a whole number from 1 on.',
    ],
    [
      'two finish keys',
      `<Gather action="${url}" finishOnKey="#*"/>`,
      '<Gather finishOnKey="#*"> is neither "#" nor empty.',
    ],
    [
      'a Gather in a Gather',
      `<Gather action="${url}"><Gather action="${url}"/></Gather>`,
      '<Gather> is not understood here.',
    ],
    ['a Dial without target', `<Dial action="${url}"/>`, '<Dial> needs exactly one <Number> or <Sip>.'],
    [
      'a Dial with a bare number',
      `<Dial action="${url}">+12025550199</Dial>`,
      '<Dial> holds text outside of any verb.',
    ],
    ['a Dial to a queue', `<Dial action="${url}"><Queue>q</Queue></Dial>`, '<Queue> is not understood inside <Dial>.'],
    ['unknown speech markup', '<Say><emphasis>Hi</emphasis></Say>', '<emphasis> is not understood inside <Say>.'],
    [
      'unknown ways to say',
      '<Say><say-as interpret-as="date">1</say-as></Say>',
      '<say-as interpret-as="date"> is none of digits, characters and spell-out.',
    ],
    ['a break without unit', '<Say><break time="1"/></Say>', '<break time="1"> is not a time such as "1s" or "500ms".'],
    ['fast speech', '<Say><prosody rate="fast">Hi</prosody></Say>', '<prosody rate="fast"> is not "slow".'],
    ['something inside Hangup', '<Hangup><Say>Hi</Say></Hangup>', '<Hangup> must be empty.'],
  ])('refuses %s', (_what, inside, message) => {
    expect(() => readTwiml(response(inside))).toThrow(expect.objectContaining({ code: 'twiml-invalid', message }));
  });
});
