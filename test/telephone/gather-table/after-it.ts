import {
  pause,
  URL,
  keys,
  say,
  silence,
  ASK,
  menu,
  code,
  CODE,
  codeHeard,
  bothWays,
  wordsOnly,
  type GatherFact,
} from './gather-case.ts';

export const EMPTY: GatherFact = {
  fact: 'without actionOnEmptyResult, silence or a bare finish key makes no request: the verb after Gather runs',
  cases: [
    {
      title: 'a bare finish key makes no request: the Redirect after Gather runs at once',
      documents: [[keys(), silence]],
      does: { keys: '#@700' },
      comesOut: ['700 key #', '700 no keys', '700 POST /silence', '700 the line hangs up'],
    },
    {
      title: 'a bare finish key during the prompts stops them, and the verb after Gather runs',
      documents: [[menu, say('Sorry'), silence]],
      does: { keys: '#@300' },
      comesOut: ['0 "Press|"', '300 key #', '300 no keys', '300 "Sorry"', '600 POST /silence', '600 the line hangs up'],
    },
    {
      title: 'a bare finish key at the first of two Gathers: the second one listens',
      documents: [[keys({ spoken: [say('Code?')] }), menu, silence]],
      does: { keys: '#@1000 2@2000' },
      comesOut: [
        '0 "Code?"',
        '1000 key #',
        '1000 no keys',
        '1000 "Press one or two|"',
        '2000 key 2',
        '2000 POST /keys Digits=2',
        '2000 the line hangs up',
      ],
    },
    {
      title: 'silence at a Gather that nothing follows ends the call',
      documents: [[menu]],
      does: {},
      comesOut: ['0 "Press one or two now"', '6200 no keys', '6200 the line hangs up'],
    },
  ],
};

export const SPEECH: GatherFact = {
  fact: 'input: dtmf unless set, dtmf speech, speech; speech gives one SpeechResult',
  cases: [
    {
      title: 'words at a Gather for keys and speech are sent, 2 seconds after the last of them',
      documents: [[bothWays, silence]],
      does: { words: 'one two' },
      comesOut: ['0 words "one two"', '2420 POST /keys SpeechResult=one two', '2420 the line hangs up'],
    },
    {
      title: 'keys at a Gather for keys and speech are sent as keys',
      documents: [[bothWays, silence]],
      does: { keys: '1@100 #@200' },
      comesOut: ['100 key 1', '200 key #', '200 POST /keys Digits=1 FinishedOnKey=#', '200 the line hangs up'],
    },
    {
      title: 'words at a Gather for keys are silence',
      documents: [[keys(), silence]],
      does: { words: 'one two' },
      comesOut: ['5000 no keys', '5000 POST /silence', '5000 the line hangs up'],
    },
    {
      title: 'keys at a Gather for speech alone are silence, and do not stop its prompts',
      documents: [[{ ...wordsOnly, spoken: [ASK] }, silence]],
      does: { keys: '1@100 #@200' },
      comesOut: ['0 "Press one or two now"', '6200 no keys', '6200 POST /silence', '6200 the line hangs up'],
    },
    {
      title: 'a key that falls into a Gather for keys and speech is there before the caller can say anything',
      documents: [[menu], [{ ...bothWays, numDigits: 1, spoken: [ASK] }]],
      does: { keys: '1@300 2@600', words: 'one two' },
      comesOut: [
        '0 "Press|"',
        '300 key 1',
        '300 POST /keys Digits=1',
        '300 "Press|"',
        '600 key 2',
        '600 POST /keys Digits=2',
        '600 the line hangs up',
      ],
    },
    {
      title: 'a key that was lost before the Gather does not keep words from being heard',
      documents: [[pause(1), bothWays]],
      does: { keys: '1@500', words: 'one two' },
      comesOut: ['0 pause', '1000 words "one two"', '3420 POST /keys SpeechResult=one two', '3420 the line hangs up'],
    },
    {
      title: 'keys after a Gather for speech alone are heard by the next one',
      documents: [[wordsOnly, keys({ numDigits: 1 }), silence]],
      does: { keys: '1@100 2@5100' },
      comesOut: ['5000 no keys', '5100 key 2', '5100 POST /keys Digits=2', '5100 the line hangs up'],
    },
  ],
};

export const DOCUMENT: GatherFact = {
  fact: 'one document: verbs run in order until one of them makes a request; at the end the platform hangs up',
  cases: [
    {
      title: 'silence at three Gathers in a row makes one request, when the last timer has run out',
      documents: [[code, code, code, silence]],
      does: {},
      comesOut: ['5000 no keys', '10000 no keys', '15000 no keys', '15000 POST /silence', '15000 the line hangs up'],
    },
    {
      title: 'keys at the second Gather go to its action; nothing after it runs',
      documents: [[code, { ...code, action: `${URL}/second` }, silence]],
      does: { keys: '1@6000 #@6100' },
      comesOut: [
        '5000 no keys',
        '6000 key 1',
        '6100 key #',
        '6100 POST /second Digits=1 FinishedOnKey=#',
        '6100 the line hangs up',
      ],
    },
    {
      title: 'silence and then a Dial: its action is told how it went',
      documents: [
        [
          keys({ timeout: 1 }),
          {
            verb: 'dial',
            to: { kind: 'number', number: '+12025550199' },
            action: `${URL}/dialled`,
          },
        ],
      ],
      does: { dialOutcome: 'busy' },
      comesOut: ['1000 no keys', '1000 POST /dialled DialCallStatus=busy', '1000 the line hangs up'],
    },
    {
      title: 'silence and then a queue: its action is told how it went',
      documents: [[keys({ timeout: 1 }), { verb: 'enqueue', queue: 'support', action: `${URL}/queued` }]],
      does: {},
      comesOut: ['1000 no keys', '1000 POST /queued QueueResult=bridged', '1000 the line hangs up'],
    },
    {
      title: 'silence and then a Hangup: nothing after it runs',
      documents: [[keys({ timeout: 1 }), { verb: 'hangup' }, silence]],
      does: {},
      comesOut: ['1000 no keys', '1000 the line hangs up'],
    },
  ],
};

export const HANG_UP: GatherFact = {
  fact: 'a caller who hangs up ends the call: keys so far are not sent, a request on its way is',
  cases: [
    {
      title: 'hanging up at a question sends nothing',
      documents: [[menu, silence]],
      does: { hangsUp: true },
      comesOut: ['0 "Press one or two now"', '1200 the caller hangs up'],
    },
    {
      title: 'hanging up after some of the keys sends none of them',
      documents: [[code, silence]],
      does: { keys: '1@100 2@200', hangsUp: true },
      comesOut: ['100 key 1', '200 key 2', '200 the caller hangs up'],
    },
    {
      title: 'hanging up after the last key: the request is on its way, its answer is not heard',
      documents: [[code, silence], [say('Never heard')]],
      does: { keys: CODE, hangsUp: true },
      comesOut: [...codeHeard, '600 POST /keys Digits=123456', '600 the caller hangs up'],
    },
    {
      title: 'hanging up after a bare finish key sends nothing',
      documents: [[code, silence]],
      does: { keys: '#@100', hangsUp: true },
      comesOut: ['100 key #', '100 no keys', '100 the caller hangs up'],
    },
  ],
};
