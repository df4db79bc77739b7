import { describe, expect, it } from 'vitest';
import { AGENT } from '../../support.ts';
import { findingsOf } from './rule-findings.ts';

const line = (exit: string): string => `
callflow: line
start: hello
exits: { agent: ${exit} }
blocks: { hello: { say: hello, next: agent } }`;

describe('CF234: a name that is not set', () => {
  it.each([
    ['alone', '{ dial: "${CALLFLOW_DESK}" }', '4:25 CALLFLOW_DESK is not set: "${CALLFLOW_DESK}" is empty.'],
    [
      'within a text',
      '{ dial: "sip:${CALLFLOW_DESK}@example.com" }',
      '4:25 CALLFLOW_DESK is not set: "${CALLFLOW_DESK}" is empty.',
    ],
    ['in an address', '{ redirect: "${CALLFLOW_APP}" }', '4:29 CALLFLOW_APP is not set: "${CALLFLOW_APP}" is empty.'],
  ])('%s', (_what, exit, message) => {
    expect(findingsOf('CF234', line(exit))).toEqual([message]);
  });

  it('is empty as well as missing', () => {
    const environment = { CALLFLOW_DESK: '' };
    expect(findingsOf('CF234', line('{ dial: "${CALLFLOW_DESK}" }'), { environment })).toHaveLength(1);
  });

  it('is told once for each of several names in a text', () => {
    expect(findingsOf('CF234', line('{ dial: "sip:${CALLFLOW_A}@${CALLFLOW_B}" }'))).toHaveLength(2);
  });

  it('is none that is set', () => {
    const environment = { CALLFLOW_DESK: AGENT };
    expect(findingsOf('CF234', line('{ dial: "${CALLFLOW_DESK}" }'), { environment })).toEqual([]);
  });
});

describe('CF234: the test address of a service', () => {
  const crm = `
callflow: line
start: ask
services: { crm: { production: "https://crm.example.com/", test: "\${CALLFLOW_CRM_TEST}" } }
exits: { agent: { hang-up: true } }
blocks: { ask: { service: crm, paths: { success: agent, failed: agent } } }`;

  it('is missed where a number is one for test calls, and else by nobody', () => {
    expect(findingsOf('CF234', crm)).toEqual([]);
    expect(findingsOf('CF234', crm, { environment: { TEST_NUMBERS: '+12025550142' } })).toEqual([
      expect.stringContaining('CALLFLOW_CRM_TEST is not set'),
    ]);
  });
});

describe('CF235: an exit that dials', () => {
  it.each([
    '+12025550199',
    '+442079460000',
    '+123456789012345',
    'sip:desk@example.com',
    'sips:desk@example.com:5061;transport=tls',
    'SIP:desk@example.com',
  ])('%s can be put through', (value) => {
    expect(findingsOf('CF235', line(`{ dial: "${value}" }`))).toEqual([]);
    expect(findingsOf('CF235', line('{ dial: "${AGENT_NUMBER}" }'), { environment: { AGENT_NUMBER: value } })).toEqual(
      [],
    );
  });

  it.each([
    '12025550199',
    '2025550199',
    '+1 202 555 0199',
    '+1-202-555-0199',
    '+02025550199',
    '+1234567890123456',
    'desk',
    'desk@example.com',
    'sip:',
    'tel:+12025550199',
    '',
  ])('"%s" is refused', (value) => {
    expect(findingsOf('CF235', line(`{ dial: "${value}" }`))).toEqual([
      `4:25 "${value}" is neither a telephone number with its country nor a SIP address.`,
    ]);
  });

  it('a value of the environment is refused by its name, and never shown', () => {
    const environment = { AGENT_NUMBER: '202 555 0199' };
    expect(findingsOf('CF235', line('{ dial: "${AGENT_NUMBER}" }'), { environment })).toEqual([
      '4:25 The value of "${AGENT_NUMBER}" is neither a telephone number with its country nor a SIP address.',
    ]);
  });

  it('a value that is not set is a matter of another finding', () => {
    expect(findingsOf('CF235', line('{ dial: "sip:${CALLFLOW_DESK}" }'))).toEqual([]);
  });

  it('a number without quotes is what was written', () => {
    expect(findingsOf('CF235', line('{ dial: +12025550199 }'))).toEqual([]);
    expect(findingsOf('CF235', line('{ dial: 2025550199 }'))).toHaveLength(1);
  });
});

describe('CF239: the address of a service', () => {
  const service = (addresses: string): string => `
callflow: line
start: find
services: { crm: ${addresses} }
exits: { agent: { hang-up: true } }
blocks: { find: { find-methods: crm, paths: { found: agent, failed: error } } }`;

  it.each(['https://crm.example.com/methods?v=2', 'http://localhost:8080', 'http://10.0.0.5/x', 'https://[::1]:8443/'])(
    '%s can be asked',
    (value) => {
      expect(findingsOf('CF239', service(`{ production: "${value}", test: "${value}" }`))).toEqual([]);
    },
  );

  it.each([
    'crm.example.com/methods',
    'ftp://crm.example.com',
    'https://',
    'https://user:secret@crm.example.com',
    '/methods',
    'https:crm.example.com',
    '',
  ])('"%s" is refused, for production and for tests', (value) => {
    const refused = `"${value}" is no address that a service can be asked at.`;
    expect(findingsOf('CF239', service(`{ production: "${value}" }`))).toEqual([`4:32 ${refused}`]);
    expect(findingsOf('CF239', service(`{ test: "${value}" }`))).toEqual([`4:26 ${refused}`]);
  });

  it('a value of the environment is refused by its name, and never shown', () => {
    const environment = { CALLFLOW_CRM: 'user:secret@crm' };
    expect(findingsOf('CF239', service('{ production: "${CALLFLOW_CRM}/methods" }'), { environment })).toEqual([
      '4:32 The value of "${CALLFLOW_CRM}/methods" is no address that a service can be asked at.',
    ]);
  });

  it.each(['{}', '{ production: "${CALLFLOW_CRM}" }'])('%s: what is not there is not refused', (addresses) => {
    expect(findingsOf('CF239', service(addresses))).toEqual([]);
  });
});
