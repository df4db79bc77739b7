import { describe, expect, it } from 'vitest';
import { findingsOf, flowOf, Talk } from '../support.ts';

const LINE = (rest: string): string => `
callflow: line
start: number
account: Number
settings: { limits: { wrong-keys: { most: 10 } } }
exits: { agent: { hang-up: true } }
blocks:
  number: { collect: number, save-as: Number, next: got, ${rest} }
  got: { menu: got, keys: { 1: number } }`;

const asks = (rest: string): Talk => new Talk(flowOf(LINE(rest))).opens('line');
const says = (talk: Talk, text: string, confidence = 0.87): Talk =>
  talk.step({ type: 'heard', incoming: { type: 'speech', text, confidence } });

describe('a collect that listens for words', () => {
  it.each([
    ['digits: 4', undefined],
    ['digits: 4, input: dtmf', undefined],
    ['digits: 4, input: dtmf speech', { language: 'en-US', only: false }],
    ['digits: 4-12, input: speech', { language: 'en-US', only: true }],
  ])('%s: %j', (rest, speech) => {
    expect(asks(rest).listen.speech).toEqual(speech);
  });

  it('listens in the language that it asks in', () => {
    const yaml = LINE('digits: 4, input: speech')
      .replace('start: number', 'start: spanish')
      .replace('blocks:', 'blocks:\n  spanish: { set: { locale: es-ES }, next: number }');
    const talk = new Talk(flowOf(yaml)).opens('line');
    expect(talk.listen.speech).toEqual({ language: 'es-ES', only: true });
    expect(says(talk, 'uno dos tres cuatro').variables).toMatchObject({ Number: '1234' });
  });

  it('D10: takes the best reading; the list holds every one with the confidence as it is given', () => {
    const talk = says(asks('digits: 3-5, input: dtmf speech'), 'one two three for');
    expect(talk.block).toBe('got');
    expect(talk.variables).toEqual({
      Number: '1234',
      Number_nbestLength: '2',
      Number_nbest1: '1234',
      Number_nbestConfidence1: '0.87',
      Number_nbestInputmode1: 'voice',
      Number_nbest2: '123',
      Number_nbestConfidence2: '0.87',
      Number_nbestInputmode2: 'voice',
    });
  });

  it('a reading of the right length is better than one that is not', () => {
    const talk = says(asks('digits: 3, input: dtmf speech'), 'one two three for', 1);
    expect(talk.block).toBe('got');
    expect(talk.variables).toMatchObject({ Number: '123', Number_nbest2: '1234', Number_nbestConfidence1: '1.0' });
  });

  it.each([
    ['too few digits', 'one two', '12'],
    ['too many digits', 'one two three four five', '12345'],
    ['no digits', 'Good morning!', 'Good morning!'],
  ])('%s: asked again, and the list is set all the same', (_what, text, value) => {
    const talk = says(asks('digits: 4, input: dtmf speech'), text);
    expect([talk.block, talk.hears[0]]).toEqual(['number', 'wrong-length']);
    expect(talk.variables).toMatchObject({ Number: value, Number_nbestLength: '1', Number_nbestInputmode1: 'voice' });
  });

  it('a list that is shorter than the one before it leaves nothing of that behind', () => {
    const talk = says(asks('digits: 4, input: dtmf speech'), 'one to');
    expect(talk.variables).toHaveProperty('Number_nbest2');
    expect(Object.keys(talk.presses('1234').variables).filter((name) => name.includes('2'))).toEqual([]);
  });

  it('that writes the account by any reading drops what was found for the account before', () => {
    const yaml = LINE('digits: 3, input: speech').replace('account: Number', 'account: Number_nbest2');
    expect(says(new Talk(flowOf(yaml)).opens('line'), 'one two three for').move.closeCode).toBe(true);
  });

  it('takes keys as ever, and words for the whole entry after keys that came too slowly', () => {
    expect(asks('digits: 4, input: dtmf speech').presses('1234').variables).toMatchObject({ Number: '1234' });
    const talk = asks('digits: 4, input: dtmf speech').presses('12');
    expect(says(talk, 'five six seven eight').variables).toMatchObject({ Number: '5678' });
  });
});

describe('words where keys are asked for', () => {
  it('are a wrong key, in a collect and in a menu', () => {
    const talk = says(asks('digits: 4'), 'one two three four');
    expect([talk.block, talk.hears[0], talk.top.facts.wrongKeys]).toEqual(['number', 'wrong-length', 1]);
    expect(says(talk.presses('1234'), 'one').hears[0]).toBe('unknown-key');
  });
});

describe('CF211: a code that is asked aloud is warned of', () => {
  const codes = (enter: string): string => `
callflow: line
start: enter
exits: { agent: { hang-up: true } }
blocks:
  enter: { collect: silence, save-as: authCode, next: check, ${enter} }
  check: { verify-code: authCode, paths: { right: agent, wrong: agent, finished: agent, error: agent } }`;

  it('by an entry of as many digits as a code has', () => {
    expect(findingsOf(codes('digits: code, input: dtmf speech'))).toMatchInlineSnapshot(`
      "x.yaml:6:83  warning CF211  "enter" asks for a code aloud: whoever stands by the caller would hear it.
        5 | blocks:
        6 |   enter: { collect: silence, save-as: authCode, next: check, digits: code, input: dtmf speech }
          |                                                                                   ^^^^^^^^^^^
        Take \`input\` out, unless your callers cannot use keys."
    `);
  });

  it('or by one that is tried as a code', () => {
    expect(findingsOf(codes('digits: 6, input: speech'))).toMatch(/CF211/);
  });

  it('but an account number may be', () => {
    expect(findingsOf(LINE('digits: 4-12, input: dtmf speech'))).toBe('');
    expect(findingsOf(codes('digits: code, input: dtmf'))).toBe('');
  });
});
