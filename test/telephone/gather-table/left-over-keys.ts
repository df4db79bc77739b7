import {
  URL,
  keys,
  say,
  play,
  pause,
  silence,
  ASK,
  menu,
  code,
  CODE,
  codeHeard,
  type GatherFact,
} from './gather-case.ts';

export const TRAILING: GatherFact = {
  fact: 'a trailing # then falls into the next document',
  cases: [
    {
      title: 'the habit of # after a code: in the next question it is a bare finish key',
      documents: [[code], [menu, silence]],
      does: { keys: `${CODE} #@900` },
      comesOut: [
        ...codeHeard,
        '600 POST /keys Digits=123456',
        '600 "Press|"',
        '900 key #',
        '900 no keys',
        '900 POST /silence',
        '900 the line hangs up',
      ],
    },
    {
      title: 'where the next question has no finish key, the trailing # is a key like any other',
      documents: [[code], [keys({ numDigits: 1, finishOnKey: '', spoken: [ASK] }), silence]],
      does: { keys: `${CODE} #@900` },
      comesOut: [
        ...codeHeard,
        '600 POST /keys Digits=123456',
        '600 "Press|"',
        '900 key #',
        '900 POST /keys Digits=#',
        '900 the line hangs up',
      ],
    },
    {
      title: 'where the next document speaks outside of a Gather, the trailing # is lost there',
      documents: [[code], [say('Thank you'), menu, silence]],
      does: { keys: `${CODE} #@900` },
      comesOut: [
        ...codeHeard,
        '600 POST /keys Digits=123456',
        '600 "Thank you"',
        '1140 "Press one or two now"',
        '7340 no keys',
        '7340 POST /silence',
        '7340 the line hangs up',
      ],
    },
    {
      title: 'where the next document puts the call through, the trailing # is lost',
      documents: [
        [code],
        [
          {
            verb: 'dial',
            to: { kind: 'number', number: '+12025550199' },
            action: `${URL}/dialled`,
          },
        ],
        [say('Nobody is there')],
      ],
      does: { keys: `${CODE} #@900`, dialOutcome: 'no-answer' },
      comesOut: [
        ...codeHeard,
        '600 POST /keys Digits=123456',
        '600 POST /dialled DialCallStatus=no-answer',
        '600 "Nobody is there"',
        '1500 the line hangs up',
      ],
    },
  ],
};

export const NO_TYPE_AHEAD: GatherFact = {
  fact: 'no type-ahead: only what is nested in Gather can be interrupted by keys',
  cases: [
    {
      title: 'a key during a Say before the Gather is lost, and the Say is heard to its end',
      documents: [[say('Welcome to us'), menu, silence]],
      does: { keys: '1@300 2@800' },
      comesOut: ['0 "Welcome to us"', '780 "|"', '800 key 2', '800 POST /keys Digits=2', '800 the line hangs up'],
    },
    {
      title: 'a key during a Play before the Gather is lost',
      documents: [[play('Welcome to us'), keys({ timeout: 1 }), silence]],
      does: { keys: '1@300' },
      comesOut: ['0 recording "Welcome to us"', '1780 no keys', '1780 POST /silence', '1780 the line hangs up'],
    },
    {
      title: 'a key during a Pause before the Gather is lost: holding the line hears nobody',
      documents: [[pause(2), keys({ timeout: 1 }), silence]],
      does: { keys: '1@1999' },
      comesOut: ['0 pause', '3000 no keys', '3000 POST /silence', '3000 the line hangs up'],
    },
    {
      title: 'a key at the moment when the Gather begins is heard',
      documents: [[pause(2), menu]],
      does: { keys: '1@2000' },
      comesOut: ['0 pause', '2000 key 1', '2000 POST /keys Digits=1', '2000 the line hangs up'],
    },
    {
      title: 'a code typed half before and half after the Gather begins arrives in half',
      documents: [[say('One moment'), code]],
      does: { keys: '1@300 2@400 3@500 4@600 5@700 6@800' },
      comesOut: [
        '0 "One moment"',
        '600 key 4',
        '700 key 5',
        '800 key 6',
        '5800 POST /keys Digits=456',
        '5800 the line hangs up',
      ],
    },
  ],
};
