import { describe, expect, it } from 'vitest';
import { AGENT, EMAIL, flowOf, SMS, Talk, type Prompts } from '../support.ts';

describe('variables', () => {
  const yaml = `
callflow: line
start: segment
inputs: [Segment]
exits: { gold: { hang-up: true }, other: { hang-up: true }, agent: { hang-up: true } }
blocks:
  segment: { when: Segment, is: { gold: gold, 1: one, "01": zero-one }, otherwise: other }
  one: { set: { Balance: 128.40, Segment: gold, Code: 007 }, next: again }
  again: { say: balance, next: segment }
  zero-one: { menu: m, keys: { 1: other } }`;
  const talk = (Segment: string): Talk =>
    new Talk(flowOf(yaml, { balance: '{Balance} {Code}' })).opens('line', { Segment });

  it('`when` goes by what a variable holds, and otherwise otherwise', () => {
    expect(talk('gold').exit).toBe('gold');
    for (const other of ['Gold', ' gold', '', 'silver', 'constructor', '__proto__'])
      expect(talk(other).exit).toBe('other');
    expect(new Talk(flowOf(yaml)).opens('line').exit).toBe('other');
    expect(talk('01').block).toBe('zero-one');
  });

  it('`set` writes them as they are written: leading zeros and final zeros stay', () => {
    const left = talk('1');
    expect([left.exit, left.words]).toEqual(['gold', '128.40 007']);
  });
});

describe('the language of a call', () => {
  const yaml = `
callflow: line
start: greet
inputs: [locale]
exits: { agent: { hang-up: true } }
blocks:
  greet: { say: hello, next: choice }
  choice: { menu: choice, keys: { 1: spanish, 2: martian } }
  spanish: { set: { locale: es-ES }, next: greet }
  martian: { set: { locale: xx-XX }, next: greet }`;
  const library = flowOf(yaml);
  const heard = (talk: Talk): readonly string[] => [
    ...new Set(talk.spoken.map((each) => `${each.language} ${each.voice}`)),
  ];

  it('is the default one at first', () => {
    expect(heard(new Talk(library).opens('line'))).toEqual(['en-US Polly.Joanna']);
  });

  it('`set: { locale: es-ES }` changes it, voice and all, from there on', () => {
    const talk = new Talk(library).opens('line').presses('1');
    expect(heard(talk)).toEqual(['es-ES Polly.Lucia']);
    expect(talk.words).toBe('hello | choice spanish, pulse 1. martian, pulse 2.');
    expect(talk.isSilent().words).toMatch(/^No hemos detectado ninguna pulsación\./);
    expect(talk.session.locale).toBe('es-ES');
  });

  it('a start that hands in a locale is in that language from the first word', () => {
    expect(heard(new Talk(library).opens('line', { locale: 'es-ES' }))).toEqual(['es-ES Polly.Lucia']);
    expect(heard(new Talk(library).opens('line', { locale: '' }))).toEqual(['en-US Polly.Joanna']);
  });

  it('a language without prompts is the default one', () => {
    expect(heard(new Talk(library).opens('line').presses('2'))).toEqual(['en-US Polly.Joanna']);
  });
});

const ACCOUNT = `
callflow: line
start: account
account: Account
inputs: [Account, CustomerPhone]
settings:
  customer-phone-variable: CustomerPhone
  methods: [email, sms]
  no-method: nobody
  zero-is: agent
services:
  methods: { production: https://example.test/live, test: https://example.test/test, timeout: 2s, send: [Account, Other] }
exits:
  success: { returns: success }
  nobody: { hang-up: true }
  agent: { hang-up: true }
blocks:
  account: { collect: account, digits: 4-8, save-as: Account, next: find, wrong-keys: { most: 2, then: send } }
  find: { find-methods: methods, paths: { found: choose, failed: error } }
  choose: { choose-method: choose, next: send }
  send: { send-code: chosen, paths: { sent: enter, failed: trouble } }
  trouble: { menu: trouble, keys: { 1: send, 2: choose, 3: account, 4: same-account } }
  same-account: { set: { Account: "9999" }, next: send }
  enter: { collect: enter, digits: code, save-as: authCode, star: trouble, next: check }
  check: { verify-code: authCode, paths: { right: success, wrong: enter, finished: send, error: error } }`;
const WORDS: Prompts = {
  choose: { ask: 'How?', again: 'How?', email: 'By email at {domain}', sms: 'By text to <digits>{last2}</digits>' },
  enter: {
    email: 'Enter the code from your email.',
    sms: 'Enter the code from your text message.',
    again: 'Enter the code.',
  },
};
const line = (): Talk => new Talk(flowOf(ACCOUNT, WORDS)).opens('line').presses('1234');

describe('the look-up of contact methods', () => {
  it('G32 G64 D16: asks the service of this kind of call, for this account', () => {
    expect(line().task).toEqual({
      type: 'find-methods',
      madeBy: 'internal',
      account: '1234',
      service: {
        url: 'https://example.test/live',
        method: 'POST',
        timeout: 2_000,
        parameters: { Account: '1234', Other: '' },
      },
      methods: ['email', 'sms'],
      known: { email: '', phone: '', voice: '' },
      sharedState: false,
      variables: { email: 'CustomerEmail', phone: 'CustomerPhone' },
    });
    const test = new Talk(flowOf(ACCOUNT, WORDS), { test: true }).opens('line').presses('1234');
    expect(test.task).toMatchObject({ service: { url: 'https://example.test/test' } });
  });

  it('D16: a URL that is not set is none, never the other one', () => {
    const one = ACCOUNT.replace('test: https://example.test/test, ', '');
    expect(new Talk(flowOf(one, WORDS), { test: true }).opens('line').presses('1234').task).toMatchObject({
      service: { url: null },
    });
  });

  it('G39: hands over the destinations that are set already', () => {
    const talk = new Talk(flowOf(ACCOUNT, WORDS)).opens('line', { CustomerPhone: SMS.destination }).presses('1234');
    expect(talk.task).toMatchObject({ known: { email: '', phone: SMS.destination } });
  });

  it('G50: with no method the call goes by the no-method path', () => {
    expect(line().finds().exit).toBe('nobody');
  });

  it('D6: a service that failed goes by its own path', () => {
    expect(line().comesTo('failed').exit).toBe('error');
  });

  it('a locked account goes by the lock path', () => {
    expect(line().comesTo('locked').exit).toBe('agent');
  });
});

describe('limits that lead to exits of their own', () => {
  const yaml = ACCOUNT.replace(
    '  zero-is: agent\n',
    '  limits: { sends: { most: 3, then: no-send-left }, attempts-per-code: { most: 3, then: no-attempt-left } }\n',
  ).replace('  nobody:', '  no-send-left: { hang-up: true }\n  no-attempt-left: { hang-up: true }\n  nobody:');
  const sends = (): Talk => new Talk(flowOf(yaml, WORDS)).opens('line').presses('1234').finds(SMS);

  it('G52: too many sends', () => {
    expect(sends().comesTo('too-many').exit).toBe('no-send-left');
  });

  it('G54: too many attempts', () => {
    expect(sends().comesTo('sent').presses('123456').comesTo('too-many').exit).toBe('no-attempt-left');
  });
});

describe('choosing a method', () => {
  it('G6: more than one is asked for, in the order that was found', () => {
    expect(line().finds(EMAIL, SMS).words).toBe(
      'How? By email at example.com, press 1. By text to 5 6, press 2. To speak to someone, press zero.',
    );
    expect(line().finds(SMS, EMAIL).words).toBe(
      'How? By text to 5 6, press 1. By email at example.com, press 2. To speak to someone, press zero.',
    );
  });

  it.each([
    ['1', SMS],
    ['2', EMAIL],
  ])('G8 G9: key %s sends by that one', (key, method) => {
    expect(line().finds(SMS, EMAIL).presses(key).task).toMatchObject({ type: 'send-code', ...method, account: '1234' });
  });

  it('G7: only one is not asked for', () => {
    expect(line().finds(SMS).task).toMatchObject({ type: 'send-code', ...SMS });
  });

  it('G50: none that this callflow offers is the no-method path', () => {
    expect(line().finds({ method: 'voice', destination: '+12025550156' }).exit).toBe('nobody');
  });

  it('a method that the callflow does not offer is no choice', () => {
    expect(line().finds({ method: 'voice', destination: '+12025550156' }, EMAIL).task).toMatchObject(EMAIL);
  });

  it.each(['3', '9', '#', '12'])('%s is an unknown key', (key) => {
    expect(line().finds(EMAIL, SMS).presses(key).hears).toEqual(['unknown-key', 'choose']);
  });

  it('star: hear the choices again; zero: a person', () => {
    expect(line().finds(EMAIL, SMS).presses('*').hears).toEqual(['choose']);
    expect(line().finds(EMAIL, SMS).presses('0').exit).toBe('agent');
  });

  it('who comes back to choose another way hears the question, not the way chosen before', () => {
    const talk = line().finds(EMAIL, SMS).presses('1').comesTo('error').presses('2');
    expect(talk.words).toMatch(/^How\? By email at example\.com, press 1\./);
    expect(talk.presses('2').task).toMatchObject(SMS);
  });
});

describe('a key that leads to choosing a method', () => {
  it('is offered where there is a choice', () => {
    const talk = line().finds(EMAIL, SMS).presses('1').comesTo('error');
    expect(talk.words).toMatch(/^trouble send, press 1\. choose, press 2\. account, press 3\./);
    expect(talk.presses('2').block).toBe('choose');
  });

  it.each([
    ['one method', [EMAIL]],
    ['one that this callflow offers', [EMAIL, { method: 'voice', destination: '+12025550156' }]],
  ] as const)('is not offered with %s, and counts as an unknown key', (_what, found) => {
    const talk = line()
      .finds(...found)
      .comesTo('error');
    expect(talk.words).toMatch(/^trouble send, press 1\. account, press 3\./);
    expect(talk.presses('2').hears).toEqual(['unknown-key', 'trouble']);
    expect(talk.top.facts.wrongKeys).toBe(1);
  });

  it.each(['star', 'hash', '0'])('also when that key is %s', (key) => {
    const yaml = ACCOUNT.replace('2: choose', `${key}: choose`).replace('zero-is: agent', '');
    const talk = new Talk(flowOf(yaml, WORDS)).opens('line').presses('1234').finds(EMAIL).comesTo('error');
    expect(talk.presses({ star: '*', hash: '#' }[key] ?? key).hears).toEqual(['unknown-key', 'trouble']);
  });
});

describe('questions about the code', () => {
  it('are worded for the method that was chosen, and shorter the second time', () => {
    const talk = line().finds(EMAIL, SMS).presses('2').comesTo('sent');
    expect(talk.words).toBe('Enter the code from your text message.');
    expect(talk.isSilent().words).toBe('I did not hear any keys. | Enter the code.');
  });

  it('a method without a wording of its own is not met with silence', () => {
    const library = flowOf(ACCOUNT.replace('[email, sms]', '[email, authenticator]'), WORDS);
    const talk = new Talk(library).opens('line').presses('1234').finds({ method: 'authenticator', destination: '' });
    expect(talk.comesTo('nothing-to-send').words).toBe('Enter the code.');
  });

  it('a prompt that a task wants said is heard before the next question', () => {
    const talk = line().finds(SMS).comesTo('sent', { say: 'on-its-way' });
    expect(talk.hears).toEqual(['on-its-way', 'enter.sms']);
  });

  it('the entry goes to the check, and is blank afterwards', () => {
    const talk = line().finds(SMS).comesTo('sent').presses('012345');
    expect(talk.task).toEqual({
      type: 'verify-code',
      account: '1234',
      candidates: ['012345'],
      madeBy: 'internal',
      parameter: 'authCode_nbest1',
      service: null,
      statuses: {},
      afterWrong: 'ask-again',
      mostSends: 3,
      // The settings of this line name no sender: nobody could be told of a lock.
      holder: { contacts: [], wording: { callflow: 'line', locale: 'en-US' } },
    });
    talk.comesTo('wrong', { tallies: { left: 2 } });
    expect(Object.keys(talk.variables).filter((name) => name.startsWith('authCode'))).toEqual([]);
    expect(talk.top.facts.tallies).toEqual({ left: 2 });
  });
});

describe('another account', () => {
  const found = (): Talk => line().finds(SMS).comesTo('error');

  it.each([
    ['typed', (talk: Talk) => talk.presses('3', '5678')],
    ['set', (talk: Talk) => talk.presses('4')],
    ['typed wrongly', (talk: Talk) => talk.presses('3', '12')],
    ['typed wrongly once too often, which leads straight to a send', (talk: Talk) => talk.presses('3', '12', '12')],
  ])('%s: what was found for the one before is forgotten, and its code is closed', (_what, changes) => {
    const talk = changes(found());
    expect(talk.move.closeCode).toBe(true);
    expect(talk.top.facts).toMatchObject({ found: [], chosen: null, lookedUp: {} });
    if (talk.move.next.kind === 'perform' && talk.move.next.task.type === 'send-code')
      expect(talk.task).toMatchObject({ method: '', destination: '' });
  });

  it('another look-up forgets, too', () => {
    const yaml = ACCOUNT.replace('3: account', '3: find');
    const talk = new Talk(flowOf(yaml, WORDS)).opens('line').presses('1234').finds(SMS).comesTo('error').presses('3');
    expect(talk.move.closeCode).toBe(true);
    expect(talk.top.facts).toMatchObject({ found: [], chosen: null, lookedUp: {} });
  });

  it('also where the account is kept in a variable of the list of hypotheses', () => {
    const yaml = ACCOUNT.replace('\naccount: Account\n', '\naccount: Account_nbest1\n');
    const talk = new Talk(flowOf(yaml, WORDS)).opens('line').presses('1234').finds(SMS).comesTo('error');
    expect(talk.presses('3', '5678').move.closeCode).toBe(true);
    expect(talk.top.facts).toMatchObject({ found: [], chosen: null });
  });

  it('other variables close nothing', () => {
    const talk = line().finds(SMS).comesTo('sent').presses('12345*');
    expect(talk.move.closeCode).toBe(false);
    expect(talk.top.facts.found).toEqual([SMS]);
  });

  it('G38: the variables that a look-up sets are there for prompts, and gone with the account', () => {
    const yaml = ACCOUNT.replace('menu: trouble', 'menu: shown');
    const library = flowOf(yaml, {
      ...WORDS,
      shown: { ask: '{CustomerPhone}', send: 's', choose: 'c', account: 'a', 'same-account': 'b' },
    });
    const talk = new Talk(library).opens('line').presses('1234');
    talk.comesTo('found', { found: [SMS], lookedUp: { CustomerPhone: SMS.destination } }).comesTo('error');
    expect(talk.words).toMatch(/^\+12025550156 /);
    expect(talk.presses('4').comesTo('error').words).toMatch(/^s, press 1/);
  });

  it('a look-up cannot say whose account this is', () => {
    const talk = line().comesTo('found', { found: [SMS], lookedUp: { Account: '7777' } });
    expect(talk.task).toMatchObject({ type: 'send-code', account: '1234' });
    talk.grants.add('7777');
    expect(talk.comesTo('sent').presses('123456').comesTo('right').exit).toBe('error');
  });

  it('spellings of one account are one', () => {
    expect(
      new Talk(flowOf(ACCOUNT.replace('start: account', 'start: find'), WORDS)).opens('line', { Account: ' １２３４ ' })
        .task,
    ).toMatchObject({ account: '1234' });
  });
});

describe('exits', () => {
  const exits = (exit: string, environment = ''): Talk => {
    const yaml = `callflow: line\nstart: a\n${environment}exits:\n  out: ${exit}\nblocks:\n  a: { say: hello, next: out }`;
    return new Talk(flowOf(yaml)).opens('line');
  };

  it.each([
    ['{ hang-up: true }', ['hello'], { kind: 'hang-up' }],
    ['{ say: bye, hang-up: true }', ['hello', 'bye'], { kind: 'hang-up' }],
    ['{ say: transferring, dial: "${AGENT_NUMBER}" }', ['hello', 'transferring'], { kind: 'dial', to: AGENT }],
    ['{ dial: "sip:desk@example.test" }', ['hello'], { kind: 'dial', to: 'sip:desk@example.test' }],
    ['{ dial: "${CALLFLOW_UNSET}" }', ['hello', 'no-one-available'], { kind: 'hang-up' }],
    ['{ returns: out }', ['hello', 'goodbye'], { kind: 'hang-up' }],
    ['{ say: bye, returns: out }', ['hello', 'bye', 'goodbye'], { kind: 'hang-up' }],
  ])('%s', (exit, hears, way) => {
    const talk = exits(exit);
    expect(talk.hears).toEqual(hears);
    expect(talk.leave).toMatchObject({ callflow: 'line', exit: 'out', way, verified: false });
  });

  it('error is built in: technical-problem, then the agent', () => {
    const talk = new Talk(flowOf('callflow: line\nstart: a\nblocks:\n  a: { say: hello, next: error }')).opens('line');
    expect(talk.hears).toEqual(['hello', 'technical-problem']);
    expect(talk.leave).toMatchObject({ exit: 'error', way: { kind: 'dial', to: AGENT } });
  });
});

describe('a block that leads to itself begins anew', () => {
  it('a menu: the caller hears it again, as if for the first time', () => {
    const yaml = 'callflow: line\nstart: m\nblocks:\n  m: { menu: m, keys: { 1: m } }';
    const talk = new Talk(flowOf(yaml)).opens('line').isSilent(2).presses('1');
    expect(talk.words).toBe('m m, press 1.');
    expect(talk.top.facts).toMatchObject({ silences: 0, wrongKeys: 0, asks: 'fresh' });
  });

  it('a number that is asked for again', () => {
    const yaml = 'callflow: line\nstart: a\nblocks:\n  a: { collect: a, digits: 4, save-as: A, next: a }';
    expect(new Talk(flowOf(yaml)).opens('line').presses('1234').hears).toEqual(['a']);
  });

  it('a look-up and a send that are tried again', () => {
    const yaml = ACCOUNT.replace('failed: error }', 'failed: find }').replace('failed: trouble', 'failed: send');
    const talk = new Talk(flowOf(yaml, WORDS)).opens('line').presses('1234').comesTo('failed');
    expect(talk.task.type).toBe('find-methods');
    expect(talk.finds(SMS).comesTo('rejected').task).toMatchObject({ type: 'send-code', ...SMS });
  });
});

describe('what never settles', () => {
  it.each([
    ['a circle of blocks that only speak', 'a: { say: hello, next: b }\n  b: { say: hello, next: a }'],
    ['a block that leads to itself', 'a: { set: { A: b }, next: a }'],
    ['a choice that never chooses', 'a: { when: A, is: { x: error }, otherwise: a }'],
    ['a callflow that links to itself', 'a: { link: line }'],
  ])('%s ends as an error instead of going on for ever', (_what, blocks) => {
    const talk = new Talk(flowOf(`callflow: line\nstart: a\nblocks:\n  ${blocks}`));
    expect(() => talk.opens('line')).toThrow(/goes round and round|cannot go on/);
  });

  it('also in the middle of a call, which then can be left by error', () => {
    const yaml = 'callflow: line\nstart: m\nblocks:\n  m: { menu: m, keys: { 1: a } }\n  a: { say: hello, next: a }';
    const talk = new Talk(flowOf(yaml)).opens('line');
    expect(() => talk.presses('1')).toThrow('The callflow "line" goes round and round at "a".');
    expect(talk.breaks().exit).toBe('error');
  });
});

describe('a fault', () => {
  it('leaves by error, wherever the call is', () => {
    expect(new Talk(flowOf(ACCOUNT, WORDS)).opens('line').breaks().exit).toBe('error');
    expect(line().breaks().exit).toBe('error');
    expect(line().finds(SMS).comesTo('sent').breaks().leave).toMatchObject({ exit: 'error', verified: false });
  });

  it('is not met with what was held to be said', () => {
    const talk = new Talk(
      flowOf('callflow: line\nstart: a\nblocks:\n  a: { collect: a, digits: 4, save-as: A, next: a }'),
    ).opens('line');
    expect(talk.breaks().hears).toEqual(['technical-problem']);
  });

  it.each(['*', '', 'no such path', 'xstate.stop', 'xstate.init', 'silence', 'constructor', '__proto__', 'success'])(
    'a result that the block has no path for is one: %j',
    (path) => {
      expect(line().comesTo(path).exit).toBe('error');
    },
  );
});

it('what is said before a task is held and spoken in the question after it', () => {
  const yaml = ACCOUNT.replace('next: find,', 'next: moment,').replace(
    '  find:',
    '  moment: { say: moment, next: find }\n  find:',
  );
  const talk = new Talk(flowOf(yaml, WORDS)).opens('line').presses('1234');
  expect(talk.session.unsaid.map((each) => each.prompt)).toEqual(['moment']);
  expect(talk.finds(SMS).session.unsaid).toHaveLength(1);
  expect(talk.comesTo('sent', { say: 'on-its-way' }).hears).toEqual(['moment', 'on-its-way', 'enter.sms']);
  expect(talk.session.unsaid).toEqual([]);
});
