import { describe, expect, it } from 'vitest';
import { AGENT, flowOf, SMS, Talk } from '../support.ts';

const MODULE = `
callflow: module
start: find
inputs: [Account]
account: Account
services: { methods: { production: https://example.test } }
exits:
  success: { returns: success }
  agent: { say: transferring, dial: "\${AGENT_NUMBER}" }
  gone: { hang-up: true }
blocks:
  find: { find-methods: methods, paths: { found: choose, failed: error } }
  choose: { choose-method: choose, next: send }
  send: { send-code: chosen, paths: { sent: enter, failed: gone } }
  enter: { collect: enter, digits: code, save-as: authCode, next: check }
  check: { verify-code: authCode, paths: { right: done, wrong: enter, finished: send, error: error } }
  done: { say: verified, next: success }`;

const line = (paths: string, rest = ''): string => `
callflow: line
start: account
account: Account
exits:
  success: { returns: success }
  agent: { say: transferring, dial: "+12025550111" }
blocks:
  account: { collect: account, digits: 4, save-as: Account, next: identify }
  identify: { link: module, with: [Account], paths: { ${paths} } }
  inside: { menu: inside, keys: { 1: identify, 2: account, 3: success } }
  ${rest}`;

function calls(paths: string, module = MODULE): Talk {
  return new Talk(flowOf([line(paths), module])).opens('line').presses('1234');
}

/** Verified as the app would do it: the grant is there before the result comes. */
function proves(talk: Talk, account = '1234'): Talk {
  talk.finds(SMS).comesTo('sent').presses('123456');
  talk.grants.add(account);
  return talk.comesTo('right');
}

describe('an exit of a linked callflow', () => {
  it('G55: that the link wires leads where the link says, and does nothing of its own', () => {
    const talk = calls('success: inside, agent: inside').finds();
    expect(talk.block).toBe('inside');
    expect(talk.hears).toEqual(['inside']);
    expect(talk.session.frames).toHaveLength(1);
  });

  it('D14: that the link does not wire does what it says itself', () => {
    const talk = calls('success: inside').finds();
    expect(talk.hears).toEqual(['transferring']);
    expect(talk.leave).toMatchObject({ callflow: 'module', exit: 'agent', way: { kind: 'dial', to: AGENT } });
  });

  it('what was said inside is heard in the next question outside', () => {
    expect(proves(calls('success: inside')).hears).toEqual(['verified', 'inside']);
  });

  it('the error exit can be wired, too, whether the callflow has it or not', () => {
    expect(calls('success: inside, error: inside').comesTo('failed').block).toBe('inside');
    expect(calls('success: inside').comesTo('failed').leave).toMatchObject({ callflow: 'module', exit: 'error' });
  });

  it('a fault inside leaves by the error of the callflow it happened in', () => {
    expect(calls('success: inside, error: inside').breaks().leave).toMatchObject({ callflow: 'module', exit: 'error' });
  });

  it('and finds an end also where that error only returns', () => {
    const module = MODULE.replace('  gone:', '  error: { returns: error }\n  gone:');
    const talk = calls('success: inside, error: inside', module).breaks();
    expect(talk.hears).toEqual(['technical-problem']);
    expect(talk.leave).toMatchObject({ exit: 'error', way: { kind: 'dial', to: AGENT } });
  });
});

describe('variables', () => {
  it('a linked callflow begins with those it is handed and no others', () => {
    const talk = calls('success: inside');
    expect(talk.variables).toEqual({ Account: '1234' });
    expect(talk.session.frames.map((frame) => frame.callflow)).toEqual(['line', 'module']);
  });

  it('and leaves none behind: no code, no method, no look-up', () => {
    const talk = proves(calls('success: inside'));
    expect(Object.keys(talk.variables)).toEqual(expect.arrayContaining(['Account', 'Account_nbest1']));
    expect(Object.keys(talk.variables).filter((name) => !name.startsWith('Account'))).toEqual([]);
    expect(talk.top.facts).toMatchObject({ found: [], chosen: null, lookedUp: {}, tallies: {} });
  });

  it('what is handed and not known is empty', () => {
    const yaml = line('success: inside').replace('with: [Account]', 'with: [Account, Segment]');
    const talk = new Talk(flowOf([yaml, MODULE])).opens('line').presses('1234');
    expect(talk.variables).toEqual({ Account: '1234', Segment: '' });
  });
});

describe('success', () => {
  it('with a grant for the account is success, and says so', () => {
    const talk = proves(new Talk(flowOf(MODULE)).opens('module', { Account: '1234' }));
    expect(talk.hears).toEqual(['verified', 'goodbye']);
    expect(talk.leave).toMatchObject({ exit: 'success', verified: true });
  });

  it.each([
    ['without a grant', []],
    ['with one for another account', ['9999']],
    ['with one for nobody', ['']],
  ])('%s becomes error', (_what, grants) => {
    const talk = new Talk(flowOf(MODULE), { grants }).opens('module', { Account: '1234' });
    talk.finds(SMS).comesTo('sent').presses('123456').comesTo('right');
    expect(talk.leave).toMatchObject({ exit: 'error', verified: false });
  });

  it('becomes error for an account that is not known', () => {
    const talk = new Talk(flowOf(MODULE), { grants: [''] }).opens('module', { Account: ' ' });
    expect(talk.finds(SMS).comesTo('sent').presses('123456').comesTo('right').exit).toBe('error');
  });

  it('without a grant goes by the error path of the link', () => {
    const talk = calls('success: inside, error: account').finds(SMS).comesTo('sent').presses('123456').comesTo('right');
    expect(talk.block).toBe('account');
  });

  it('of the callflow outside needs a grant for the account outside', () => {
    expect(proves(calls('success: inside')).presses('3').exit).toBe('success');
    expect(proves(calls('success: inside'), '9999').exit).toBe('error');
  });
});

describe('G56: a verified caller', () => {
  const verified = (module = MODULE): Talk =>
    new Talk(flowOf([line('success: inside'), module]), { grants: ['1234'] }).opens('line');

  it('is not asked again: the linked callflow is left by success at once', () => {
    const talk = verified().presses('1234');
    expect([talk.block, talk.hears]).toEqual(['inside', ['inside']]);
  });

  it('at any point of the call', () => {
    expect(proves(calls('success: inside')).presses('1', '1', '1').block).toBe('inside');
  });

  it('is, for another account', () => {
    expect(verified().presses('5678').task.type).toBe('find-methods');
  });

  it('is, where the callflow says never', () => {
    const module = MODULE.replace('account: Account', 'account: Account\nsettings: { skip: never }');
    expect(verified(module).presses('1234').task.type).toBe('find-methods');
  });

  it('hears a callflow that verifies nothing as anybody', () => {
    const module =
      'callflow: module\nstart: m\naccount: Account\nexits: { success: { returns: success } }\nblocks:\n  m: { menu: m, keys: { 1: success } }';
    expect(verified(module).presses('1234').hears).toEqual(['m']);
  });

  it('is not turned away by a callflow without a success exit', () => {
    const module = MODULE.replace('  success: { returns: success }\n', '').replace('next: success', 'next: agent');
    const talk = new Talk(flowOf(module), { grants: ['1234'] }).opens('module', { Account: '1234' });
    expect(talk.task.type).toBe('find-methods');
  });

  it('a circle of skips ends as an error', () => {
    const yaml = line('success: identify');
    const talk = new Talk(flowOf([yaml, MODULE]), { grants: ['1234'] }).opens('line');
    expect(() => talk.presses('1234')).toThrow('goes round and round');
  });
});

it('a call makes no step in another library than the one it began in', () => {
  const talk = calls('success: inside');
  talk.session = { ...talk.session, revision: 'older' };
  for (const act of [() => talk.finds(SMS), () => talk.isSilent(), () => talk.breaks()])
    expect(act).toThrow(
      'This call began with revision older of the callflows, which cannot be found or loaded any more.',
    );
});
