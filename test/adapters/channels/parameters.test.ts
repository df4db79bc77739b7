import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALL_SID, readForm, readIncoming, single, WORD } from '../../../src/adapters/channels/twilio/parameters.ts';
import type { Incoming } from '../../../src/core/call/input.ts';

const back: Incoming = { type: 'back' };
const heard = (body: string): Incoming => readIncoming(readForm(body), false);

describe('what the caller did, by strict parameters', () => {
  it.each<[body: string, incoming: Incoming]>([
    ['Digits=123456', { type: 'keys', digits: '123456' }],
    ['Digits=%2A', { type: 'keys', digits: '*' }],
    ['Digits=12*34', { type: 'keys', digits: '12*34' }],
    ['Digits=1001%23', { type: 'keys', digits: '1001#' }],
    ['Digits=0', { type: 'keys', digits: '0' }],
    ['Digits=1&FinishedOnKey=%23&Unknown=1', { type: 'keys', digits: '1', ended: true }],
    ['DialCallStatus=busy', { type: 'dialled', status: 'busy' }],
    ['SpeechResult=One+two&Confidence=0.8765', { type: 'speech', text: 'One two', confidence: 0.8765 }],
    ['SpeechResult=dos&Confidence=1.0', { type: 'speech', text: 'dos', confidence: 1 }],
    ['SpeechResult=dos&Confidence=2', { type: 'speech', text: 'dos', confidence: 0 }],
    ['SpeechResult=dos&Confidence=0.5&Confidence=0.6', { type: 'speech', text: 'dos', confidence: 0 }],
    ['SpeechResult=dos', { type: 'speech', text: 'dos', confidence: 0 }],
    ['SpeechResult=two&Digits=7', { type: 'keys', digits: '7' }],
    ['QueueResult=queue-full&QueueTime=3', { type: 'queued', result: 'queue-full' }],
    ['DialCallStatus=no-answer&Digits=1', { type: 'dialled', status: 'no-answer' }],
  ])('%s', (body, incoming) => expect(heard(body)).toEqual(incoming));

  it.each([
    ['nothing at all', ''],
    ['an empty entry', 'Digits='],
    ['an entry without a value', 'Digits'],
    ['an entry given twice', 'Digits=123456&Digits=123456'],
    ['an entry given twice, once under an escaped name', 'Digits=123456&D%69gits=1'],
    ['brackets', 'Digits[]=123456'],
    ['an index', 'Digits[0]=123456'],
    ['a name in another case', 'digits=123456'],
    ['a prototype', '__proto__[Digits]=123456&__proto__=Digits'],
    ['a constructor', 'constructor.prototype.Digits=1&constructor=1'],
    ['words given twice', 'SpeechResult=one&SpeechResult=one'],
    ['no words', 'SpeechResult=&Confidence=0.0'],
    ['words with a line break', 'SpeechResult=one%0Atwo'],
    ['full-width digits', `Digits=${encodeURIComponent('１２３４５６')}`],
    ['Arabic digits', `Digits=${encodeURIComponent('١٢٣٤٥٦')}`],
    ['a NUL', 'Digits=123456%00'],
    ['a line break at the end', 'Digits=123456%0A'],
    ['a space', 'Digits=123+456'],
    ['a letter', 'Digits=12345a'],
    ['a broken escape', 'Digits=%zz'],
    ['the value that a signature does not tell from "Digits=123456"', 'Digit=s123456'],
  ])('%s counts as absent', (_what, body) => expect(heard(body)).toEqual(back));

  it('10 kB of digits are cut to a length that no question takes', () => {
    expect(heard(`Digits=${'1'.repeat(10_000)}`)).toEqual({ type: 'keys', digits: '1'.repeat(65) });
  });

  it('words are cut to a length that nobody needs for digits', () => {
    expect(heard(`SpeechResult=${'one+'.repeat(1_000)}`)).toMatchObject({ text: 'one '.repeat(125) });
  });

  it('only our own mark makes a silence, and keys are stronger', () => {
    expect(readIncoming(readForm(''), true)).toEqual({ type: 'silence' });
    expect(readIncoming(readForm('Digits=1&Digits=2'), true)).toEqual({ type: 'silence' });
    expect(readIncoming(readForm('Digits=1'), true)).toEqual({ type: 'keys', digits: '1' });
  });

  it('anything at all becomes keys of a telephone, a word of a dial, or nothing', () => {
    const pair = fc.tuple(
      fc.constantFrom('Digits', 'DialCallStatus', 'CallStatus', 'x'),
      fc.string({ unit: 'binary' }),
    );
    const body = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pair).map((pairs) => new URLSearchParams(pairs).toString()),
    );
    fc.assert(
      fc.property(body, (text) => {
        const incoming = heard(text);
        if (incoming.type === 'keys') expect(incoming.digits).toMatch(/^[0-9*#]{1,65}$/);
        else if (incoming.type === 'dialled') expect(incoming.status).toMatch(/^[A-Za-z0-9-]{1,32}$/);
        else expect(incoming).toEqual(back);
      }),
    );
  });
});

describe('a parameter is a single string of a known format', () => {
  it.each([
    ['CA0123456789abcdef0123456789abcdef', true],
    ['other-platform_1', true],
    ['__proto__', true],
    ['', false],
    ['web-1', false],
    ['a b', false],
    ['a/b', false],
    ['a\n', false],
    ['é', false],
    ['a'.repeat(65), false],
  ])('CallSid %j', (value, taken) => {
    expect(single(readForm(new URLSearchParams({ CallSid: value }).toString()), 'CallSid', CALL_SID)).toBe(
      taken ? value : null,
    );
  });

  it.each(['toString', 'constructor', '__proto__', 'hasOwnProperty'])('no form has a "%s" of its own', (name) => {
    expect(single(readForm('CallSid=CA1'), name, WORD)).toBeNull();
  });

  it('a form of 64 kB that names one parameter again and again is read at once', () => {
    const started = performance.now();
    readForm('a&'.repeat(32 * 1024));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
