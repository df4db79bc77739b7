import { expect, it } from 'vitest';
import { writeTwiml } from '../../src/adapters/channels/twilio/twiml.ts';
import type { Verb } from '../../src/core/call/verbs.ts';
import { readTwiml } from '../../src/telephone/twiml-reader.ts';

const action = 'https://voice.example.com/turn?n=abc&m=1';

it('the telephone reads what the Twilio channel writes: every verb comes back as it was', () => {
  const verbs: readonly Verb[] = [
    {
      verb: 'gather',
      action,
      numDigits: 6,
      timeout: 8,
      finishOnKey: '#',
      spoken: [
        {
          verb: 'say',
          utterance: {
            prompt: '',
            language: 'en-GB',
            voice: 'Polly.Amy',
            parts: [
              { kind: 'text', text: 'Sent to <56> & "more", ' },
              { kind: 'digits', text: '56' },
              { kind: 'pause', ms: 1500 },
              { kind: 'spell', text: 'ab' },
              {
                kind: 'slow',
                parts: [
                  { kind: 'text', text: 'slowly ' },
                  { kind: 'digits', text: '12' },
                ],
              },
            ],
          },
        },
        { verb: 'pause', seconds: 2 },
        {
          verb: 'play',
          url: action,
          utterance: { prompt: '', parts: [{ kind: 'text', text: 'Welcome - back.' }], language: 'en-US' },
        },
      ],
    },
    { verb: 'gather', action, timeout: 5, finishOnKey: '', spoken: [] },
    {
      verb: 'gather',
      action,
      timeout: 5,
      finishOnKey: '#',
      numDigits: 4,
      speech: { language: 'es-ES', only: false },
      spoken: [],
    },
    { verb: 'gather', action, timeout: 5, finishOnKey: '#', speech: { language: 'en-GB', only: true }, spoken: [] },
    { verb: 'dial', to: { kind: 'number', number: '+12025550199' }, action },
    {
      verb: 'dial',
      to: { kind: 'sip', uri: 'sip:a@example.com', headers: { 'X-Verified': 'no', 'X-Reason': 'a b' } },
      action,
    },
    { verb: 'enqueue', queue: 'support', action },
    { verb: 'redirect', url: action },
    { verb: 'hangup' },
  ];
  expect(readTwiml(writeTwiml(verbs).body)).toEqual(verbs);
});
