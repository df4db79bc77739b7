import { describe, expect, it } from 'vitest';
import { findingsOf } from './rule-findings.ts';

const line = (limits: string, blocks = SENDS): string => `
callflow: line
start: send
inputs: [AccountNumber]
account: AccountNumber
settings:
  methods: [sms]
  messages: { sms: { from: "+12025550100" } }
  limits: ${limits}
exits: { agent: { hang-up: true } }
blocks:
${blocks}`;

const SENDS = `
  send: { send-code: chosen, paths: { sent: enter, failed: agent } }
  enter: { collect: enter, digits: code, save-as: Code, next: check }
  check: { verify-code: Code, paths: { right: agent, wrong: enter, finished: agent, error: agent } }`;

describe('CF216: a limit that allows nothing', () => {
  it.each([
    ['sends', '{ sends: { most: 0 } }', '9:28 The limit "sends" allows nothing: no code is ever sent.'],
    [
      'attempts',
      '{ attempts-per-code: { most: 0 } }',
      '9:40 The limit "attempts-per-code" allows nothing: no code is ever right.',
    ],
  ])('%s', (_what, limits, message) => {
    expect(findingsOf('CF216', line(limits))).toEqual([message]);
  });

  it.each([
    ['is none with one', '{ sends: { most: 1 }, attempts-per-code: { most: 1 } }', SENDS],
    ['is none where it is not written', '{}', SENDS],
    ['of silences is one silence, as with 1', '{ silences: { most: 0 }, wrong-keys: { most: 0 } }', SENDS],
    ['is none where nothing is sent or tried', '{ sends: { most: 0 } }', '  send: { say: hello, next: agent }'],
  ])('%s', (_what, limits, blocks) => {
    expect(findingsOf('CF216', line(limits, blocks))).toEqual([]);
  });
});
