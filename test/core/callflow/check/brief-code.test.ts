import { describe, expect, it } from 'vitest';
import { findingsOf } from './rule-findings.ts';

const line = (lasts: string, enter = '', limits = '{}'): string => `
callflow: line
start: enter
inputs: [AccountNumber]
account: AccountNumber
settings:
  code: { lasts: ${lasts} }
  limits: ${limits}
exits: { agent: { hang-up: true } }
blocks:
  enter: { collect: enter, digits: code, save-as: Code, next: check${enter} }
  check: { verify-code: Code, paths: { right: other, wrong: enter, finished: agent, error: agent } }
  other: { collect: other, digits: 4, save-as: Other, wait: 60s, next: agent }`;

/** 300 letters: 18 seconds. */
const LONG = 'Please listen. '.repeat(20);

describe('CF237: a code that is over before its question is', () => {
  it('is found with what the longest round takes: asked as often as silences allow, with the wait each time', () => {
    expect(findingsOf('CF237', line('2m', ', wait: 45s'))).toEqual([
      '7:18 A code lasts 2m, and "enter" may ask for it for about 139 seconds: 3 times, with 45s to wait each time.',
    ]);
  });

  it.each([
    ['the time is longer', line('3m', ', wait: 45s')],
    ['the wait is shorter', line('2m', ', wait: 30s')],
    ['it is asked fewer times', line('2m', ', wait: 45s', '{ silences: { most: 2 } }')],
    ['the block has a limit of its own', line('2m', ', wait: 45s, silences: { most: 1, then: agent }')],
  ])('is none where %s', (_what, yaml) => {
    expect(findingsOf('CF237', yaml)).toEqual([]);
  });

  it('includes what is said: the question, and after a silence what happened and the question again', () => {
    const yaml = line('1m', ', wait: 10s');
    expect(findingsOf('CF237', yaml)).toEqual([]);
    expect(findingsOf('CF237', yaml, { prompts: { enter: LONG } })).toHaveLength(1);
    expect(findingsOf('CF237', yaml, { prompts: { enter: { ask: LONG, again: 'Now.' } } })).toEqual([]);
    expect(findingsOf('CF237', yaml, { prompts: { enter: { ask: 'Now.', again: LONG, help: 'Now.' } } })).toHaveLength(
      1,
    );
  });

  it('is measured in the wording of the method that takes longest', () => {
    const yaml = line('1m', ', wait: 10s')
      .replace('start: enter', 'start: choose')
      .replace('settings:', 'settings:\n  methods: [email, sms]')
      .replace('blocks:', 'blocks:\n  choose: { choose-method: choose, next: enter }');
    const choose = { ask: 'How?', email: 'Email', sms: 'Text' };
    expect(findingsOf('CF237', yaml, { prompts: { choose, enter: { email: 'Now.', sms: 'Now.' } } })).toEqual([]);
    expect(findingsOf('CF237', yaml, { prompts: { choose, enter: { email: 'Now.', sms: LONG } } })).toHaveLength(1);
  });

  it('is at the block where the file does not say how long codes last', () => {
    const yaml = line('5m', ', wait: 60s', '{ silences: { most: 6 } }').replace('  code: { lasts: 5m }\n', '');
    expect(findingsOf('CF237', yaml)).toEqual([expect.stringMatching(/^10:21 A code lasts 5m, and "enter"/)]);
  });

  it('has nothing to do with other entries, however long they wait', () => {
    expect(findingsOf('CF237', line('1m', ', wait: 10s'))).toEqual([]);
  });
});
