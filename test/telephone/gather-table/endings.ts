import { keys, say, silence, menu, code, CODE, codeHeard, type GatherFact } from './gather-case.ts';

export const NUM_DIGITS: GatherFact = {
  fact: 'numDigits: unlimited unless set; at the last digit the request goes out at once',
  cases: [
    {
      title: 'the last digit sends the request at once, without waiting for the timer',
      documents: [[code, silence]],
      does: { keys: CODE },
      comesOut: [...codeHeard, '600 POST /keys Digits=123456', '600 the line hangs up'],
    },
    {
      title: 'fewer keys than asked for are sent when the timer has run out',
      documents: [[code, silence]],
      does: { keys: '1@100 2@200' },
      comesOut: ['100 key 1', '200 key 2', '5200 POST /keys Digits=12', '5200 the line hangs up'],
    },
    {
      title: 'fewer keys than asked for are sent at the finish key',
      documents: [[code, silence]],
      does: { keys: '1@100 2@200 #@300' },
      comesOut: [
        '100 key 1',
        '200 key 2',
        '300 key #',
        '300 POST /keys Digits=12 FinishedOnKey=#',
        '300 the line hangs up',
      ],
    },
    {
      title: 'without numDigits any number of keys is taken until the finish key',
      documents: [[keys()]],
      does: { keys: `${CODE} 7@700 8@800 9@900 #@1000` },
      comesOut: [
        ...codeHeard,
        '700 key 7',
        '800 key 8',
        '900 key 9',
        '1000 key #',
        '1000 POST /keys Digits=123456789 FinishedOnKey=#',
        '1000 the line hangs up',
      ],
    },
    {
      title: 'keys beyond the last digit fall into the next document and answer it before its prompts are heard',
      documents: [[menu], [menu], [say('Goodbye')]],
      does: { keys: '1@1300 2@1300' },
      comesOut: [
        '0 "Press one or two now"',
        '1300 key 1',
        '1300 POST /keys Digits=1',
        '1300 key 2',
        '1300 POST /keys Digits=2',
        '1300 "Goodbye"',
        '1720 the line hangs up',
      ],
    },
    {
      title: 'two keys at the same moment are both heard, in their order',
      documents: [[keys({ numDigits: 2 })]],
      does: { keys: '2@100 1@100' },
      comesOut: ['100 key 2', '100 key 1', '100 POST /keys Digits=21', '100 the line hangs up'],
    },
  ],
};

export const FINISH: GatherFact = {
  fact: 'finishOnKey: # unless set, one key or "" for none; Digits excludes it',
  cases: [
    {
      title: 'the finish key sends what was typed, without itself',
      documents: [[keys()]],
      does: { keys: '4@100 2@200 #@300' },
      comesOut: [
        '100 key 4',
        '200 key 2',
        '300 key #',
        '300 POST /keys Digits=42 FinishedOnKey=#',
        '300 the line hangs up',
      ],
    },
    {
      title: 'keys after the finish key fall into the next document',
      documents: [[keys()], [menu]],
      does: { keys: '4@100 #@200 1@500' },
      comesOut: [
        '100 key 4',
        '200 key #',
        '200 POST /keys Digits=4 FinishedOnKey=#',
        '200 "Press|"',
        '500 key 1',
        '500 POST /keys Digits=1',
        '500 the line hangs up',
      ],
    },
    {
      title: 'with finishOnKey="" the # is a digit',
      documents: [[keys({ numDigits: 3, finishOnKey: '' })]],
      does: { keys: '#@100 1@200 #@300' },
      comesOut: ['100 key #', '200 key 1', '300 key #', '300 POST /keys Digits=#1#', '300 the line hangs up'],
    },
    {
      title: 'with finishOnKey="" and no numDigits only the timer ends it',
      documents: [[keys({ timeout: 2, finishOnKey: '' })]],
      does: { keys: '1@100 #@200' },
      comesOut: ['100 key 1', '200 key #', '2200 POST /keys Digits=1#', '2200 the line hangs up'],
    },
  ],
};

export const NO_LEAST: GatherFact = {
  fact: 'no minimum length and no list of allowed digits',
  cases: [
    {
      title: 'one key is enough, however many are asked for',
      documents: [[keys({ numDigits: 20, timeout: 1 }), silence]],
      does: { keys: '7@100' },
      comesOut: ['100 key 7', '1100 POST /keys Digits=7', '1100 the line hangs up'],
    },
    {
      title: 'a key that the menu does not offer is sent like any other',
      documents: [[menu]],
      does: { keys: '9@1300' },
      comesOut: ['0 "Press one or two now"', '1300 key 9', '1300 POST /keys Digits=9', '1300 the line hangs up'],
    },
    {
      title: '* is a digit: it is sent, and counts',
      documents: [[keys({ numDigits: 3 })]],
      does: { keys: '1@100 *@200 *@300' },
      comesOut: ['100 key 1', '200 key *', '300 key *', '300 POST /keys Digits=1**', '300 the line hangs up'],
    },
  ],
};
