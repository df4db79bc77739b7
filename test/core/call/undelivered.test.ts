/** A code that is reported not to have arrived: docs/protocol.md, "Delivery reports". */
import { describe, expect, it } from 'vitest';
import { EMAIL, flowOf, SMS, Talk } from '../support.ts';

/** A callflow that sends, asks and checks; `line` links to it, or asks for the code itself. */
const MODULE = (paths = 'sent: enter, failed: not-sent', settings = ''): string => `
callflow: module
start: find
inputs: [Account]
account: Account
${settings}
services: { methods: { production: https://example.test } }
exits:
  success: { returns: success }
  sent: { returns: sent }
  agent: { say: transferring, dial: "\${AGENT_NUMBER}" }
blocks:
  find: { find-methods: methods, paths: { found: choose, failed: error } }
  choose: { choose-method: choose, next: send }
  send: { send-code: chosen, paths: { ${paths} } }
  not-sent: { menu: not-sent, keys: { 1: send, 2: choose, 3: ask-pin } }
  apart: { menu: apart, keys: { 1: send } }
  enter: { collect: enter, digits: code, save-as: authCode, star: options, next: check }
  options: { menu: options, keys: { 1: enter, 2: send, 3: other } }
  other: { send-code: chosen, paths: { sent: enter, failed: other-not-sent } }
  other-not-sent: { menu: other-not-sent, keys: { 1: other } }
  ask-pin: { collect: pin, digits: 4, save-as: Pin, star: options, next: enter }
  check: { verify-code: authCode, paths: { right: success, wrong: enter, finished: send, error: error } }`;

const LINE = `
callflow: line
start: account
account: Account
exits: { success: { returns: success }, agent: { hang-up: true } }
blocks:
  account: { collect: account, digits: 4, save-as: Account, next: identify }
  identify: { link: module, with: [Account], paths: { success: success, sent: enter } }
  enter: { collect: enter, digits: code, save-as: authCode, star: account, next: check }
  check: { verify-code: authCode, paths: { right: success, wrong: enter, finished: identify, error: error } }`;

/** A call that was asked for its code, and whose code is reported not to have arrived. */
function undelivered(module = MODULE(), found = [SMS]): Talk {
  const talk = new Talk(flowOf([module])).opens('module', { Account: '1234' });
  talk.finds(...found);
  if (found.length > 1) talk.presses('1');
  talk.comesTo('sent');
  talk.undelivered = '1234';
  return talk;
}

describe('where the code is asked for, a code that did not arrive', () => {
  it('at the next silence goes by the failed path of the block that sent it, and its code is closed', () => {
    const talk = undelivered().isSilent();
    expect([talk.block, talk.hears, talk.move.undelivered]).toEqual(['not-sent', ['not-sent'], true]);
    expect(talk.move.closeCode).toBe(false);
  });

  it('at star as well, in place of the path of the block', () => {
    expect(undelivered().presses('12*').block).toBe('not-sent');
  });

  it('after a wrong code, which is forgotten', () => {
    const talk = undelivered().presses('123456');
    expect(talk.variables).toHaveProperty('authCode', '123456');
    talk.comesTo('wrong', { tallies: { left: 2 } });
    expect(talk.block).toBe('not-sent');
    expect(Object.keys(talk.variables)).toEqual(['Account']);
  });

  it('G13: after a wrong code in place of another one by the same way', () => {
    expect(undelivered().presses('123456').comesTo('finished').block).toBe('not-sent');
  });

  it('goes by `rejected` where the failures are written apart', () => {
    const paths = 'sent: enter, unreachable: not-sent, rejected: apart, error: not-sent';
    expect(undelivered(MODULE(paths)).isSilent().hears).toEqual(['apart']);
  });

  it('begins the counts anew, and the method can be chosen again', () => {
    const talk = undelivered(MODULE(), [EMAIL, SMS]).isSilent();
    expect(talk.top.facts).toMatchObject({ silences: 0, wrongKeys: 0, partial: '' });
    expect(talk.presses('2').hears).toEqual(['choose']);
  });
});

describe('it changes nothing', () => {
  it.each([
    ['a right code', (talk: Talk) => talk.grants.add('1234') && talk.presses('123456').comesTo('right'), 'success'],
    ['the last attempt', (talk: Talk) => talk.presses('123456').comesTo('too-many'), 'agent'],
    ['a locked account', (talk: Talk) => talk.presses('123456').comesTo('locked'), 'agent'],
    ['no send left', (talk: Talk) => talk.presses('123456').comesTo('no-send-left'), 'agent'],
    ['a fault', (talk: Talk) => talk.breaks(), 'error'],
  ])('about %s', (_what, happens, exit) => {
    const talk = undelivered();
    happens(talk);
    expect([talk.exit, talk.move.undelivered]).toEqual([exit, false]);
  });

  it('about an entry of another length, which is a wrong key, also when silence ends it', () => {
    expect(undelivered().presses('1234567')).toMatchObject({ block: 'enter', hears: ['wrong-length', 'enter'] });
    expect(undelivered().presses('123').isSilent().hears).toEqual(['wrong-length', 'enter']);
  });

  it('about silence in a menu, and where something else is collected', () => {
    const menu = undelivered();
    menu.undelivered = '';
    menu.presses('*');
    menu.undelivered = '1234';
    expect(menu.isSilent()).toMatchObject({ block: 'options', hears: ['silence', 'options'] });
    const pin = undelivered().isSilent().presses('1').comesTo('rejected').presses('3');
    expect(pin.isSilent().block).toBe('ask-pin');
    expect(pin.presses('*').block).toBe('options');
  });

  it('a second time: whoever is asked for the code again is silent as always', () => {
    const talk = undelivered(MODULE('sent: enter, failed: enter')).isSilent();
    expect([talk.hears, talk.move.undelivered]).toEqual([['enter'], true]);
    talk.isSilent();
    expect([talk.hears, talk.move.undelivered]).toEqual([['silence', 'enter'], false]);
    expect(talk.isSilent(2).exit).toBe('agent');
  });

  it("when the code is another account's", () => {
    const talk = undelivered();
    talk.undelivered = '9999';
    expect(talk.isSilent().hears).toEqual(['silence', 'enter']);
  });

  it('when the newest send failed at once, or needed none', () => {
    for (const path of ['unreachable', 'nothing-to-send']) {
      const talk = undelivered();
      talk.undelivered = '';
      talk.presses('*', '2').comesTo(path);
      talk.undelivered = '1234';
      if (path === 'unreachable') expect(talk.block).toBe('not-sent');
      else expect(talk.isSilent().hears).toEqual(['silence', 'enter']);
    }
  });
});

describe('the block that sent it', () => {
  it('is the one that sent last', () => {
    const talk = undelivered();
    talk.undelivered = '';
    talk.presses('*', '3').comesTo('sent');
    talk.undelivered = '1234';
    expect(talk.isSilent().hears).toEqual(['other-not-sent']);
  });

  it('of a linked callflow is found there', () => {
    const talk = new Talk(flowOf([LINE, MODULE()])).opens('line').presses('1234').finds(SMS).comesTo('sent');
    talk.undelivered = '1234';
    expect(talk.isSilent()).toMatchObject({ block: 'not-sent' });
    expect(talk.session.frames.map(({ callflow }) => callflow)).toEqual(['line', 'module']);
  });

  it('of a callflow that was left is gone: the block that asks goes its own way', () => {
    const talk = new Talk(flowOf([LINE, MODULE('sent: sent, failed: not-sent')])).opens('line').presses('1234');
    talk.finds(SMS).comesTo('sent');
    talk.undelivered = '1234';
    expect(talk.block).toBe('enter');
    expect(talk.isSilent().hears).toEqual(['silence', 'enter']);
    expect(talk.presses('*')).toMatchObject({ block: 'account' });
  });

  it('in a callflow below is gone back to, and the one that asks is left', () => {
    const asks = `
callflow: asks
start: enter
inputs: [Account]
account: Account
exits: { success: { returns: success } }
blocks:
  enter: { collect: enter, digits: code, save-as: authCode, next: check }
  check: { verify-code: authCode, paths: { right: success, wrong: enter, finished: enter, error: error } }`;
    const sends = MODULE('sent: ask, failed: not-sent').replace(
      '  enter:',
      '  ask: { link: asks, with: [Account], paths: { success: success } }\n  enter:',
    );
    const talk = new Talk(flowOf([sends, asks])).opens('module', { Account: '1234' }).finds(SMS).comesTo('sent');
    talk.undelivered = '1234';
    expect(talk.session.frames).toHaveLength(2);
    talk.presses('123456').comesTo('wrong');
    expect(talk.session.frames.map(({ callflow, block }) => [callflow, block])).toEqual([['module', 'not-sent']]);
  });
});
