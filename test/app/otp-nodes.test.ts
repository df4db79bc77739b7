/** Selector, Sender, Collector and Decision as the OTP-node reference wires them, over signed HTTP. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusing, startSmtp } from '../adapters/delivery/smtp.ts';
import { closedPort } from '../adapters/loopback.ts';
import type { Caller } from '../support/caller.ts';
import { World } from '../support/world.ts';

const SHIPPED = readFileSync('callflows/otp-nodes.yaml', 'utf8');
const PROMPTS = readFileSync('prompts/en-US/otp-nodes.yaml', 'utf8');

type Edits = readonly (readonly [from: string, to: string])[];

/** The shipped callflow under other settings. */
const VARIANTS: Readonly<Record<string, Edits>> = {
  'shared-state': [['Attribute Source: User Directory', 'Attribute Source: Shared State']],
  'eight-digits': [['OTP Length: 6', 'OTP Length: 8']],
  'text-only': [['Send Email: true', 'Send Email: false']],
  'by-type': [
    ['paths: { SUCCESS: sender,', 'paths: { SUCCESS: by-type,'],
    [
      '  sender:\n',
      '  by-type: { when: otp_type_select, is: { SMS: sender }, otherwise: integration-error }\n\n  sender:\n',
    ],
  ],
};

const FAIL = 'We are unable to validate your identity via passcode, or the passcode timed out.';
const ASKS = 'Please enter the 6 digits of your passcode.';

let world: World;
/** Accounts of their own, so that the failures of one test are not those of the next. */
let account = 9_000_100;

beforeAll(async () => {
  world = await World.open({
    files: Object.fromEntries([
      ...Object.entries(VARIANTS).flatMap(([name, edits]) => [
        [`callflows/${name}.yaml`, variant(name, edits)],
        [`prompts/en-US/${name}.yaml`, PROMPTS],
      ]),
      ['callflows/evaluator.yaml', EVALUATOR],
      ['prompts/en-US/evaluator.yaml', 'locale: en-US\nprompts:\n  username: "Username?"\n  no: "False."\n'],
    ]),
  });
});
afterAll(() => world.close());

function variant(name: string, edits: Edits): string {
  return [['callflow: otp-nodes', `callflow: ${name}`] as const, ...edits].reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the shipped callflow does not hold: ${from}`);
    return text.replace(from, to);
  }, SHIPPED);
}

/** A page that collects the user name, and an inner tree with two outcomes. */
const EVALUATOR = `callflow: evaluator
start: username
account: AccountNumber
exits: { success: { returns: success }, "no": { say: "no", hang-up: true } }
blocks:
  username: { collect: username, digits: 4, save-as: AccountNumber, next: inner-tree }
  inner-tree: { link: otp-nodes, with: [AccountNumber], paths: { success: success, otp-fail: "no", integration-error: "no" } }
`;

/** Somebody who has one method, email, and so hears no question. */
async function atCollector(callflow = 'otp-nodes'): Promise<Caller> {
  account += 1;
  return world.caller().dials(callflow, { AccountNumber: String(account) });
}

describe('the Selector', () => {
  it('L4 L5 L7 L8 L45 L48: offers a key for each method, and SUCCESS leads to the Sender with `otp_type_select`', async () => {
    const caller = await world.caller().dials('by-type', { AccountNumber: '1001' });
    expect(caller.heard).toContain('To get an email, press 1. To get a text message, press 2.');
    await caller.presses('2');
    expect(caller.heard).toContain('Passcode was sent to … 2 1. Please enter it now.');
    const other = await world.caller().dials('by-type', { AccountNumber: '1001' });
    await other.presses('1');
    expect(await world.counts(other)).toMatchObject({ exit: 'integration-error', sends: 0 });
  });

  it('L5 L6: sets `otp_type_select` without a question where there is one type', async () => {
    const caller = await world.caller().dials('by-type', { AccountNumber: '1003' });
    expect(caller.heard).toContain('Passcode was sent to … 4 3.');
  });

  it('L7: offers what the buttons say, and nothing else', async () => {
    const caller = await world.caller().dials('text-only', { AccountNumber: '1001' });
    expect(caller.heard).toContain('Passcode was sent to … 2 1.');
  });
});

describe('the Sender', () => {
  it('L14 L15 L16 L17 L19 L24 L30: SUCCESS sends a passcode of the length, time and title of the settings', async () => {
    const caller = await atCollector('eight-digits');
    const message = world.inbox.messages.at(-1);
    expect(message?.subject).toBe('Your one-time passcode');
    expect(message?.text).toMatch(
      /^Your One Time Password is \d{8}\.\nWe will never call .*\n.* will expire in 3 minutes$/,
    );
    await caller.presses(world.code);
    expect(await world.counts(caller)).toMatchObject({ exit: 'success', grants: 1 });
  });

  it('L20 L21: takes destinations from variables under Shared State, and asks no service', async () => {
    const caller = await world
      .caller()
      .dials('shared-state', { AccountNumber: '1004', CustomerEmail: 'zoe@example.test' });
    expect(caller.heard).toContain('Passcode was sent to Z … @ example.test.');
    await caller.presses(world.code);
    expect(await world.counts(caller)).toMatchObject({ exit: 'success', grants: 1 });
  });

  it('L20 L22: offers under Shared State the methods whose variable is set', async () => {
    const caller = await world.caller().dials('shared-state', { AccountNumber: '1004', CustomerPhone: '+12025550177' });
    expect(caller.heard).toContain('Passcode was sent to … 7 7.');
  });

  it('L20 L28: fails under Shared State without any variable, as somebody without a method does', async () => {
    const caller = await world.caller().dials('shared-state', { AccountNumber: '1001' });
    expect(caller.heard).toContain(FAIL);
    expect(await world.counts(caller)).toMatchObject({ exit: 'otp-fail', sends: 0 });
  });
});

describe('the Sender, when the mail server', () => {
  const apart: Edits = [
    ['API_ERROR: otp-fail', 'API_ERROR: api-error'],
    ['exits:\n', 'exits:\n  api-error: { hang-up: true }\n'],
  ];

  it.each([
    ['L25', 'is not there, takes API_ERROR', 'api-error', null, 'none'],
    ['L26', 'refuses the message, takes OTP_FAIL', 'otp-fail', 550, 'none'],
    ['L27', 'has not the encryption that is asked for, takes ERROR', 'integration-error', 0, 'starttls'],
  ])('%s L46 L48: %s', async (...[, , exit, refuses, tls]) => {
    const port = refuses === null ? await closedPort() : (await startSmtp(refuses === 0 ? {} : refusing(refuses))).port;
    const other = await World.open({
      settings: { EMAIL_SMTP_HOST: '127.0.0.1', EMAIL_SMTP_PORT: String(port), EMAIL_SMTP_TLS: tls },
      edit: { 'callflows/otp-nodes.yaml': apart },
    });
    const caller = await other.caller().dials('otp-nodes', { AccountNumber: '1002' });
    expect(await other.counts(caller)).toMatchObject({ exit, sends: 1, grants: 0 });
    await other.close();
  });
});

describe('the Collector and the Decision', () => {
  it('L34 L37 L39 L45 L48: SUBMIT leads to the Decision, and PASS to success', async () => {
    const caller = await atCollector();
    await caller.presses(world.code);
    expect(caller.heard).toContain('Thank you, your passcode is correct.');
    expect(await world.counts(caller)).toMatchObject({ exit: 'success', attempts: 1, grants: 1 });
  });

  it('L32 L34 L40 L42 L46 L48 D13: CHALLENGE asks again with the error message, and REJECT fails once the attempts are used up', async () => {
    const caller = await atCollector();
    for (const attempts of [1, 2]) {
      await caller.presses(world.wrongCode);
      expect(caller.heard).toContain(`Incorrect passcode entered, please try again. ${ASKS}`);
      expect(await world.counts(caller)).toMatchObject({ attempts });
    }
    await caller.presses(world.wrongCode);
    expect(caller.heard).toContain(FAIL);
    expect(await world.counts(caller)).toMatchObject({ exit: 'otp-fail', attempts: 3, grants: 0 });
  });

  it('L31 L33 L34 L41 L46 L48: silence is a blank passcode: REVIEW asks again with its message, uses no attempt, and has its limit', async () => {
    const caller = await atCollector();
    await caller.isSilent();
    expect(caller.heard).toContain(`Blank passcode entered, please try again. ${ASKS}`);
    await caller.isSilent();
    expect(caller.heard).toContain(
      'Blank passcode entered, please try again. Your one-time passcode is in the message',
    );
    expect(await world.counts(caller)).toMatchObject({ attempts: 0 });
    await caller.isSilent();
    expect(caller.heard).toContain(FAIL);
    expect(await world.counts(caller)).toMatchObject({ exit: 'otp-fail', attempts: 0, sends: 1 });
  });

  it('L33: the silences in a row begin anew with a passcode', async () => {
    const caller = await atCollector();
    await caller.isSilent();
    await caller.isSilent();
    await caller.presses(world.wrongCode);
    // The first could be the hash key after a passcode of six digits, so it asks as before.
    await caller.isSilent();
    await caller.isSilent();
    await caller.isSilent();
    expect(caller.heard).toContain('Blank passcode entered');
    await caller.presses(world.code);
    expect(await world.counts(caller)).toMatchObject({ exit: 'success', attempts: 2 });
  });

  it('L35 L46 L48 D12: RETRY begins again with the Selector', async () => {
    const caller = await world.caller().dials('otp-nodes', { AccountNumber: '1001' });
    await caller.presses('1');
    await caller.presses('*');
    expect(caller.heard).toContain('How would you like to get your one-time passcode?');
  });

  it('L15 L42 L46: a passcode whose time is over is rejected', async () => {
    const caller = await atCollector();
    const { code } = world;
    world.clock.advance(3 * 60_000 + 1);
    await caller.presses(code);
    expect(caller.heard).toContain(FAIL);
    expect(await world.counts(caller)).toMatchObject({ exit: 'otp-fail', grants: 0 });
  });

  it('L44: an entry of over ten digits is told so, and uses no attempt', async () => {
    const caller = await atCollector();
    await caller.presses('12345678901');
    expect(caller.heard).toContain('That was not the right number of digits.');
    expect(await world.counts(caller)).toMatchObject({ attempts: 0 });
  });
});

describe('the journey', () => {
  it('L47: works as an inner tree after a page for the user name', async () => {
    const caller = await world.caller().dials('evaluator');
    await caller.presses('1002');
    await caller.presses(world.code);
    expect(await world.counts(caller)).toMatchObject({ callflow: 'evaluator', exit: 'success', grants: 1 });
    const other = await world.caller().dials('evaluator');
    await other.presses('1004');
    expect(other.heard).toContain('False.');
  });
});
