import { describe, expect, it } from 'vitest';
import { graphOf } from '../../src/core/callflow/graph.ts';
import { step } from '../../src/core/call/step.ts';
import type { Session } from '../../src/core/call/session.ts';
import { nonconformances, settingsSchema } from '../../src/core/settings.ts';
import { libraryOf, shippedFile, shippedSources } from './support.ts';
import { found } from './callflow/check/overlay.ts';

function settings(nodes: object, rest: object = {}) {
  return settingsSchema.safeParse({ 'otp-nodes': { 'Send Email': true, ...nodes }, ...rest });
}

function refusal(nodes: object): string {
  return (
    settings(nodes)
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
      .join('\n') ?? ''
  );
}

describe('the settings of the OTP nodes', () => {
  it('L7 L14 L15 L16 L21 L22 L23: stand for ours', () => {
    const { data } = settings(
      {
        'Send SMS': true,
        'OTP Length': 8,
        'OTP Expire': 3,
        'Email Title': 'LN OTP',
        'Email Attribute': 'mail',
        'SMS Attribute': 'telephoneNumber',
        'Voice Attribute': 'telephoneNumber',
      },
      { messages: { email: { from: 'a@example.com' } } },
    );
    expect(data).toMatchObject({
      methods: ['email', 'sms'],
      code: { digits: 8, lasts: 180_000 },
      messages: { email: { from: 'a@example.com', subject: 'LN OTP' } },
      'customer-email-variable': 'mail',
      'customer-phone-variable': 'telephoneNumber',
    });
  });

  it.each([
    [1, 60_000],
    ['60', 3_600_000],
    ['90s', 90_000],
  ])('L15: OTP Expire %s is %i milliseconds', (written, ms) => {
    expect(settings({ 'OTP Expire': written }).data?.code.lasts).toBe(ms);
  });

  it('L15: over ten minutes only with ALLOW_NONCONFORMANT, as for code.lasts', () => {
    const { data } = settings({ 'OTP Expire': 60 });
    expect(data === undefined ? [] : nonconformances(data)).toEqual([
      'code.lasts is 60 minutes; at most 10 are allowed',
    ]);
  });

  it.each([
    [{ 'OTP Length': 5 }, 'otp-nodes.OTP Length: At least 6.'],
    [{ 'OTP Length': 11 }, 'otp-nodes.OTP Length: At most 10.'],
    [{ 'OTP Expire': 0 }, 'otp-nodes.OTP Expire: "0" is no such time. Minutes go here, 1 to 60: 3, or 3m.'],
    [{ 'OTP Expire': 61 }, 'otp-nodes.OTP Expire: "61" is no such time. Minutes go here, 1 to 60: 3, or 3m.'],
    [{ 'Send Email': false }, 'otp-nodes: Nothing is offered.'],
  ])('L14 L15: refuse %j', (nodes, told) => {
    expect(refusal(nodes)).toContain(told);
  });

  it.each(['Org ID', 'API Key', 'Base URL', 'Policy'])("D17: refuse %s of the vendor's hub, and say why", (name) => {
    expect(refusal({ [name]: 'x' })).toContain(`"${name}" is of the vendor's hub, which Dialproof does not ask`);
  });
});

const SHIPPED = shippedFile('callflows/otp-nodes.yaml').text;
const FILES = ['callflows/otp-nodes.yaml', 'prompts/en-US/otp-nodes.yaml', 'prompts/es-ES/otp-nodes.yaml'];
/** What is found in the shipped callflow with one line otherwise. */
const withEdit = (from: string, to: string): readonly string[] =>
  found({
    ...Object.fromEntries(FILES.map((file) => [file, shippedFile(file).text])),
    'callflows/otp-nodes.yaml': SHIPPED.replace(from, to),
  });

describe('paths by outcome names', () => {
  it('L8 L48: do not mix with our own', () => {
    expect(withEdit('PASS: otp-pass, CHALLENGE: collector', 'right: otp-pass, CHALLENGE: collector')[0]).toContain(
      'callflows/otp-nodes.yaml:',
    );
    expect(withEdit('paths: { SUCCESS: sender', 'next: sender\n    paths: { SUCCESS: sender')[0]).toContain('next');
  });

  it('L48: a mistyped one is told with the one that was meant', () => {
    expect(withEdit('REVIEW: collector', 'REVEIW: collector')[0]).toContain('Did you mean "REVIEW"?');
  });

  it('L39: the success proof takes PASS, and nothing else', () => {
    expect(withEdit('CHALLENGE: collector', 'CHALLENGE: otp-pass')[0]).toContain(
      'The call can come to "success" without a right code',
    );
  });

  it('L16 CF242: what is said twice is told', () => {
    expect(withEdit('email: { from: security@example.com }', 'email: { from: a@example.com, subject: Code }')).toEqual([
      expect.stringContaining('error CF242 `messages.email.subject` and "Email Title" of `otp-nodes`'),
    ]);
  });
});

const library = libraryOf({
  callflows: [...shippedSources().callflows, shippedFile('callflows/otp-nodes.yaml')],
  prompts: [
    ...shippedSources().prompts,
    ...['en-US', 'es-ES'].map((locale) => ({
      ...shippedFile(`prompts/${locale}/otp-nodes.yaml`),
      locale,
      callflow: 'otp-nodes',
    })),
  ],
});

describe('the wiring', () => {
  it('L45 L46 L48: is that of the published journey', () => {
    const flow = library.flow('otp-nodes');
    if (flow === undefined) throw new Error('it is not there');
    const wired = graphOf(flow.callflow).edges.flatMap(({ from, written, to }) =>
      written === undefined ? [] : [`${from} ${written} ${to}`],
    );
    expect([...new Set(wired)].sort()).toEqual([
      'collector ERROR integration-error',
      'collector RETRY selector',
      'collector SUBMIT decision',
      'decision CHALLENGE collector',
      'decision ERROR integration-error',
      'decision PASS otp-pass',
      'decision REJECT otp-fail',
      'decision REVIEW collector',
      'selector ERROR integration-error',
      'selector SUCCESS sender',
      'sender API_ERROR otp-fail',
      'sender ERROR integration-error',
      'sender OTP_FAIL otp-fail',
      'sender SUCCESS collector',
    ]);
  });

  it.each(['selector', 'collector', 'sender', 'decision'])(
    'L8 L27 L36 L43: a fault of ours at the %s leaves by ERROR',
    (block) => {
      const world = { library, verified: () => false, undelivered: () => false };
      const opened = step(NOBODY, { type: 'open', callflow: 'otp-nodes', variables: { AccountNumber: '1' } }, world);
      const frames = opened.session.frames.map((frame) => ({ ...frame, block }));
      const { next } = step({ ...opened.session, frames }, { type: 'fault' }, world);
      expect(next).toMatchObject({ kind: 'leave', exit: 'integration-error', verified: false });
    },
  );
});

const NOBODY: Session = { revision: '', frames: [], locale: 'en-US', test: false, unsaid: [] };
