import { URL, keys, say, play, pause, silence, ASK, menu, type GatherFact } from './gather-case.ts';

export const TIMER: GatherFact = {
  fact: 'timeout: one timer, before the first key (after nested prompts) and between keys; 5 s unless set',
  cases: [
    {
      title: 'silence: the timer begins when the nested prompts are over',
      documents: [[menu, silence]],
      does: {},
      comesOut: ['0 "Press one or two now"', '6200 no keys', '6200 POST /silence', '6200 the line hangs up'],
    },
    {
      title: 'a Gather without prompts listens at once',
      documents: [[keys({ timeout: 1 }), silence]],
      does: {},
      comesOut: ['1000 no keys', '1000 POST /silence', '1000 the line hangs up'],
    },
    {
      title: 'a Gather that sets nothing waits 5 seconds, for keys alone, until #',
      documents: [`<Response><Gather action="${URL}/keys"/></Response>`],
      does: { keys: '1@4999 2@9998 #@9999', words: 'one two' },
      comesOut: [
        '4999 key 1',
        '9998 key 2',
        '9999 key #',
        '9999 POST /keys Digits=12 FinishedOnKey=#',
        '9999 the line hangs up',
      ],
    },
    {
      title: 'a key just before the timer runs out is heard, and the timer starts again',
      documents: [[keys({ timeout: 1 }), silence]],
      does: { keys: '1@999' },
      comesOut: ['999 key 1', '1999 POST /keys Digits=1', '1999 the line hangs up'],
    },
    {
      title: 'a key at the very moment when the timer runs out is too late',
      documents: [[keys({ timeout: 1 }), silence], [keys({ timeout: 1 })]],
      does: { keys: '1@1000' },
      comesOut: [
        '1000 no keys',
        '1000 POST /silence',
        '1000 key 1',
        '2000 POST /keys Digits=1',
        '2000 the line hangs up',
      ],
    },
    {
      title: 'the same timer runs between keys: slow typing is heard to its end',
      documents: [[keys({ timeout: 2 }), silence]],
      does: { keys: '1@1900 2@3800 3@5700' },
      comesOut: ['1900 key 1', '3800 key 2', '5700 key 3', '7700 POST /keys Digits=123', '7700 the line hangs up'],
    },
    {
      title: 'a hesitation longer than the timer sends the keys so far; the rest falls into the next document',
      documents: [[keys({ timeout: 2 }), silence], [keys({ timeout: 2 })]],
      does: { keys: '1@100 2@2100' },
      comesOut: [
        '100 key 1',
        '2100 POST /keys Digits=1',
        '2100 key 2',
        '4100 POST /keys Digits=2',
        '4100 the line hangs up',
      ],
    },
    {
      title: 'a key during the prompts stops them, and the timer runs from that key',
      documents: [[keys({ spoken: [ASK, say('Never heard')] })]],
      does: { keys: '1@600' },
      comesOut: ['0 "Press one |"', '600 key 1', '5600 POST /keys Digits=1', '5600 the line hangs up'],
    },
    {
      title: 'a key during a nested Pause stops it: what comes after the Pause is not said',
      documents: [
        [
          keys({
            numDigits: 1,
            spoken: [ASK, pause(3), say('Are you there?')],
          }),
        ],
      ],
      does: { keys: '2@2000' },
      comesOut: [
        '0 "Press one or two now"',
        '1200 pause|',
        '2000 key 2',
        '2000 POST /keys Digits=2',
        '2000 the line hangs up',
      ],
    },
    {
      title: 'a key during a nested Play stops the recording',
      documents: [[keys({ numDigits: 1, spoken: [play('Press one or two now')] })]],
      does: { keys: '2@300' },
      comesOut: ['0 recording "Press|"', '300 key 2', '300 POST /keys Digits=2', '300 the line hangs up'],
    },
    {
      title: 'nested Say, Pause and Play are heard one after the other, and then the timer begins',
      documents: [[keys({ timeout: 1, spoken: [say('Hello'), pause(2), play('Menu')] }), silence]],
      does: {},
      comesOut: [
        '0 "Hello"',
        '300 pause',
        '2300 recording "Menu"',
        '3540 no keys',
        '3540 POST /silence',
        '3540 the line hangs up',
      ],
    },
  ],
};
