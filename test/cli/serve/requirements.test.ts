import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../../src/cli/environment.ts';
import { missingForProduction, missingForTwilio } from '../../../src/cli/serve/requirements.ts';
import { flowOf, shippedLibrary } from '../../core/support.ts';

/** What production misses about the exits of a callflow. */
function missing(exit: string): readonly string[] {
  const library = flowOf(`
callflow: line
start: hello
exits: { away: ${exit} }
blocks: { hello: { say: goodbye, next: away } }`);
  return missingForProduction(library, readEnvironment({})).filter((each) => each.includes('"away"'));
}

describe('production needs, of an exit', () => {
  it.each([
    [
      '{ redirect: "${CALLFLOW_UNSET}" }',
      'the address of the exit "away" is not set, and "line" hands calls over to it',
    ],
    [
      '{ studio-return: "${CALLFLOW_UNSET}" }',
      'the address of the exit "away" is not set, and "line" hands calls over to it',
    ],
    ['{ queue: "${CALLFLOW_UNSET}" }', 'the queue of the exit "away" is not set, and "line" waits in it'],
    [
      '{ redirect: "http://a.example/" }',
      'the address of the exit "away" is not https, and "line" hands calls over to it',
    ],
    [
      '{ redirect: "http://127.0.0.1.a.example/" }',
      'the address of the exit "away" is not https, and "line" hands calls over to it',
    ],
  ])('%s: %s', (exit, problem) => {
    expect(missing(exit)).toEqual([problem]);
  });

  it.each([
    '{ redirect: "https://a.example/" }',
    '{ redirect: "http://localhost:8080/" }',
    '{ redirect: "http://127.0.0.1:8080/" }',
    '{ redirect: "http://[::1]:8080/" }',
    '{ queue: support }',
    '{ hang-up: true }',
  ])('nothing more than %s', (exit) => {
    expect(missing(exit)).toEqual([]);
  });
});

describe('SMS_PROVIDER=twilio', () => {
  const of = (settings: Readonly<Record<string, string>>): readonly string[] =>
    missingForProduction(shippedLibrary(), readEnvironment(settings)).map((each) => each.split(',')[0] ?? '');
  const SET = { SMS_PROVIDER: 'twilio', TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'token' };

  it('needs the account in place of a gateway', () => {
    expect(of({ SMS_PROVIDER: 'twilio' })).toEqual(
      expect.arrayContaining(['TWILIO_ACCOUNT_SID is not set', 'TWILIO_AUTH_TOKEN is not set']),
    );
    expect(of({ SMS_PROVIDER: 'twilio' }).filter((each) => /SMS_URL/.test(each))).toEqual([]);
    expect(of({ SMS_PROVIDER: 'gateway' }).filter((each) => /SMS_URL|ACCOUNT_SID/.test(each))).toEqual([
      'SMS_URL is not set',
    ]);
    expect(of(SET).filter((each) => each.startsWith('TWILIO_'))).toEqual([]);
  });

  it('needs it outside production as well, where another provider does not', () => {
    expect(missingForTwilio(readEnvironment({ SMS_PROVIDER: 'twilio' }))).toHaveLength(2);
    expect(missingForTwilio(readEnvironment(SET))).toEqual([]);
    expect(missingForTwilio(readEnvironment({}))).toEqual([]);
  });

  it.each([
    ['http://api.example', ['TWILIO_API_URL is not https']],
    ['http://127.0.0.1:4010', []],
    ['http://localhost:4010', []],
    ['https://api.example', []],
  ])('in production the token does not leave the machine in the clear: %s', (url, problems) => {
    expect(of({ ...SET, TWILIO_API_URL: url }).filter((each) => each.startsWith('TWILIO_'))).toEqual(problems);
  });
});

describe('codes told by telephone call', () => {
  /** What production misses of Twilio, where codes go by these methods. */
  function twilio(settings: string, environment: Readonly<Record<string, string>> = {}): readonly string[] {
    const library = flowOf(`
callflow: line
start: send
account: AccountNumber
inputs: [AccountNumber]
settings: ${settings}
exits: { bye: { hang-up: true } }
blocks: { send: { send-code: chosen, paths: { sent: bye, failed: bye } } }`);
    const missed = missingForProduction(library, readEnvironment({ TWILIO_AUTH_TOKEN: 'token', ...environment }));
    return missed.filter((each) => /TWILIO/.test(each));
  }
  const CALLS = '{ methods: [voice], messages: { voice: { from: "+12025550100" } } }';

  it('need the account of Twilio, by https', () => {
    expect(twilio(CALLS)).toEqual(['TWILIO_ACCOUNT_SID is not set, and "line" tells codes by telephone call']);
    const TWILIO_API_URL = 'http://api.example.com';
    expect(twilio(CALLS, { TWILIO_ACCOUNT_SID: 'AC1', TWILIO_API_URL })).toEqual([
      'TWILIO_API_URL is not https, and the auth token goes there with every call',
    ]);
    expect(twilio(CALLS, { TWILIO_ACCOUNT_SID: 'AC1' })).toEqual([]);
  });

  it.each(['{ methods: [voice] }', '{ methods: [sms], messages: { voice: { from: "+12025550100" } } }'])(
    'are not told, and need nothing, with %s',
    (settings) => {
      expect(twilio(settings)).toEqual([]);
    },
  );
});
