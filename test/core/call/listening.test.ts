import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowOf, Talk, type Prompts } from '../support.ts';

interface Limits {
  readonly silences?: number;
  readonly wrongKeys?: number;
}

const WORDED: Prompts = {
  choice: {
    ask: 'What do you want?',
    again: 'Your choices.',
    help: 'You can also hang up.',
    sales: 'For sales',
    next: 'To go on',
  },
  number: { ask: 'Your number, please.', again: 'Your number.', help: 'It is on your card.' },
};

/** A menu, then a number of four digits; each limit leads to an exit of its own. */
function line({ silences = 3, wrongKeys = 3 }: Limits = {}): Talk {
  const yaml = `
callflow: line
start: choice
settings:
  limits:
    silences: { most: ${silences}, then: quiet }
    wrong-keys: { most: ${wrongKeys}, then: lost }
  zero-is: person
exits:
  quiet: { hang-up: true }
  lost: { hang-up: true }
  person: { hang-up: true }
  sales: { hang-up: true }
blocks:
  choice: { menu: choice, keys: { 1: sales, 2: next } }
  next: { say: next, next: number }
  number: { collect: number, digits: 4, save-as: Number, next: choice, star: choice }`;
  return new Talk(flowOf(yaml, WORDED)).opens('line');
}

describe('silences in a row', () => {
  it.each([
    [3, 3],
    [2, 2],
    [1, 1],
    [0, 1],
    [5, 5],
  ])('most %i: the caller is let go by that path at silence %i, and not before', (most, leavesAt) => {
    const talk = line({ silences: most });
    for (let silence = 1; silence < leavesAt; silence++) expect(talk.isSilent().exit).toBeNull();
    expect(talk.isSilent().exit).toBe('quiet');
  });

  it.each([
    ['a key that is no choice', '7'],
    ['star', '*'],
  ])('start again with any key: %s', (_what, key) => {
    expect(line().isSilent(2).presses(key).isSilent(2).exit).toBeNull();
    expect(line().isSilent(2).presses(key).isSilent(3).exit).toBe('quiet');
  });

  it('start again with the first digits of an entry', () => {
    const talk = line().presses('2').isSilent(2).presses('12').isSilent().isSilent(2);
    expect(talk.exit).toBeNull();
    expect(talk.isSilent().exit).toBe('quiet');
  });

  it('are counted in one question: the next begins at none', () => {
    const talk = line().isSilent(2).presses('2').isSilent(2);
    expect([talk.block, talk.exit]).toEqual(['number', null]);
    expect(talk.isSilent().exit).toBe('quiet');
  });

  it('and coming back to a question begins at none, too', () => {
    expect(line().isSilent(2).presses('2', '*').isSilent(2).exit).toBeNull();
  });
});

describe('wrong keys in a row', () => {
  it.each([
    [3, 3],
    [2, 2],
    [1, 1],
    [0, 1],
  ])('most %i: the caller is let go by that path at wrong key %i, and not before', (most, leavesAt) => {
    const talk = line({ wrongKeys: most });
    for (let wrong = 1; wrong < leavesAt; wrong++) expect(talk.presses('7').exit).toBeNull();
    expect(talk.presses('7').exit).toBe('lost');
  });

  it('are not forgotten over a silence, nor silences mixed up with them', () => {
    const talk = line().presses('7').isSilent(2).presses('7').isSilent(2);
    expect(talk.exit).toBeNull();
    expect(talk.top.facts).toMatchObject({ wrongKeys: 2, silences: 2 });
    expect(talk.presses('7').exit).toBe('lost');
  });

  it('start again with a valid key: star, to hear the choices again', () => {
    expect(line().presses('7', '7', '*', '7', '7').exit).toBeNull();
  });

  it('of a number: a wrong length is one', () => {
    expect(line().presses('2', '12345', '123456').exit).toBeNull();
    expect(line().presses('2', '12345', '123456', '12345').exit).toBe('lost');
  });

  it('however silences and wrong keys are mixed, each limit counts for itself', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('silent', 'wrong'), { maxLength: 12 }), (events) => {
        const talk = line({ silences: 3, wrongKeys: 4 });
        let [silences, wrong] = [0, 0];
        let expected: string | null = null;
        for (const event of events) {
          if (event === 'silent') {
            talk.isSilent();
            silences += 1;
          } else {
            talk.presses('7');
            [silences, wrong] = [0, wrong + 1];
          }
          if (silences === 3) expected = 'quiet';
          if (wrong === 4) expected = 'lost';
          expect(talk.exit).toBe(expected);
          if (expected !== null) return;
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("a block's own limits", () => {
  it("stand in place of the callflow's", () => {
    const yaml = `
callflow: line
start: choice
settings: { limits: { silences: { most: 5, then: error } } }
exits: { done: { hang-up: true }, agent: { hang-up: true } }
blocks:
  choice: { menu: choice, keys: { 1: done }, silences: { most: 1, then: done }, wrong-keys: { most: 2, then: done } }`;
    const talk = (): Talk => new Talk(flowOf(yaml)).opens('line');
    expect(talk().isSilent().exit).toBe('done');
    expect(talk().presses('7').exit).toBeNull();
    expect(talk().presses('7', '7').exit).toBe('done');
  });

  it.each([
    ['the exit agent, where there is one', 'exits: { agent: { hang-up: true } }', 'agent'],
    ['error, where there is none', '', 'error'],
  ])('a limit without a path leads to %s', (_what, exits, exit) => {
    const yaml = `callflow: line\nstart: choice\n${exits}\nblocks:\n  choice: { menu: choice, keys: { 1: choice } }`;
    expect(new Talk(flowOf(yaml)).opens('line').isSilent(3).exit).toBe(exit);
  });
});

describe('how a question is asked', () => {
  it('function first, then key; zero last', () => {
    expect(line().words).toBe(
      'What do you want? For sales, press 1. To go on, press 2. To speak to someone, press zero.',
    );
  });

  it('after a silence: what happened, then the question, shorter', () => {
    expect(line().isSilent().words).toBe(
      'I did not hear any keys. | Your choices. For sales, press 1. To go on, press 2. To speak to someone, press zero.',
    );
  });

  it('the second time with help', () => {
    expect(line().isSilent(2).hears).toEqual(['silence', 'choice.help', 'choice']);
    expect(line().presses('7', '7').hears).toEqual(['unknown-key', 'choice.help', 'choice']);
  });

  it('a key that is no choice and a number that is too long are told apart', () => {
    expect(line().presses('7').hears).toEqual(['unknown-key', 'choice']);
    expect(line().presses('2', '12345').hears).toEqual(['wrong-length', 'number.again']);
  });

  it('star: the same once more, and nothing went wrong', () => {
    const talk = line().presses('7', '*');
    expect(talk.hears).toEqual(['choice']);
    expect(talk.words).toMatch(/^Your choices\. For sales, press 1\./);
  });

  it('a prompt without `again` is asked in full', () => {
    const yaml =
      'callflow: line\nstart: a\nexits: { agent: { hang-up: true } }\nblocks:\n  a: { collect: a, digits: 4, save-as: A, next: a }';
    const talk = new Talk(flowOf(yaml, { a: 'Your number.' })).opens('line');
    expect(talk.isSilent().words).toBe('I did not hear any keys. | Your number.');
  });

  it('what was said on the way is part of the question, so that an early key is not lost', () => {
    const talk = line().presses('2');
    expect(talk.hears).toEqual(['next', 'number.ask']);
    expect(talk.session.unsaid).toEqual([]);
    expect(talk.isSilent().hears).toEqual(['silence', 'number.again']);
  });
});

describe('keys of a menu', () => {
  const menu = (keys: string, settings = 'zero-is: person'): Talk => {
    const yaml = `
callflow: line
start: choice
settings: { ${settings} }
exits: { person: { hang-up: true }, one: { hang-up: true }, two: { hang-up: true }, agent: { hang-up: true } }
blocks:
  choice: { menu: choice, keys: { ${keys} } }`;
    return new Talk(flowOf(yaml)).opens('line');
  };

  it.each([
    ['1: one', '1', 'one'],
    ['1: one', '0', 'person'],
    ['1: one, 0: two', '0', 'two'],
    ['1: one, star: two', '*', 'two'],
    ['1: one, hash: two', '#', 'two'],
    ['9: one, 1: two', '9', 'one'],
  ])('{ %s }, pressed %s: %s', (keys, pressed, exit) => {
    expect(menu(keys).presses(pressed).exit).toBe(exit);
  });

  it.each(['2', '9', '11', '#', '1*', '10', '**'])('anything else is an unknown key: %s', (pressed) => {
    const talk = menu('1: one').presses(pressed);
    expect(talk.hears).toEqual(['unknown-key', 'choice']);
    expect(talk.top.facts.wrongKeys).toBe(1);
  });

  it('zero is unknown where it leads nowhere, and is not offered then', () => {
    const talk = menu('1: one', '');
    expect(talk.words).toBe('choice one, press 1.');
    expect(talk.presses('0').hears).toEqual(['unknown-key', 'choice']);
  });

  it('zero is not offered twice', () => {
    expect(menu('1: one, 2: person').words).toBe('choice one, press 1. person, press 2.');
    expect(menu('1: one, 2: person').presses('0').exit).toBe('person');
  });

  it('the names of keys are those of the language', () => {
    expect(menu('star: one, hash: two', '').words).toBe('choice one, press star. two, press pound.');
  });

  it('choices are heard in the order of the keypad', () => {
    expect(menu('0: two, 2: one, 1: person', '').words).toBe('choice person, press 1. one, press 2. two, press 0.');
  });

  it('one key ends the entry; without a finish key where hash is a choice', () => {
    expect(menu('1: one').listen).toEqual({ keys: 1, finishOnKey: '#', wait: 8_000 });
    expect(menu('hash: one').listen).toEqual({ keys: 1, finishOnKey: '', wait: 8_000 });
  });

  it('only the keys that are offered are ever taken', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\d*#]{1,3}$/), (pressed) => {
        const left = menu('1: one, 2: two').presses(pressed).exit;
        expect(left).toBe({ '1': 'one', '2': 'two', '0': 'person' }[pressed] ?? null);
      }),
    );
  });
});
