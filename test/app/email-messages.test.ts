import { readFileSync } from 'node:fs';
/** What arrives in a mailbox, over the demo company's real SMTP server. */
import { afterAll, describe, expect, it } from 'vitest';
import type { InboxMessage } from '../../src/demo/inbox.ts';
import { World, type WorldOptions } from '../support/world.ts';

const PROMPTS = 'prompts/en-US/two-factor.yaml';
/** The shipped email, with its key. */
const [MESSAGES = ''] = /^messages:\n {2}email: \|\n(?:(?: {4}.*)?\n)+/m.exec(readFileSync(PROMPTS, 'utf8')) ?? [];

const worlds: World[] = [];
afterAll(async () => {
  for (const world of worlds) await world.close();
});

/** A call of somebody who has one method, and the message that it brings. */
async function calls(account: string, options: WorldOptions): Promise<{ heard: string; message: InboxMessage }> {
  const world = await World.open(options);
  worlds.push(world);
  const { heard } = await world.caller().dials('two-factor', { AccountNumber: account });
  const message = world.inbox.messages.at(-1);
  if (message === undefined) throw new Error(`no message has arrived: ${heard}`);
  return { heard, message };
}

/** The email in place of the shipped one. */
function withMessages(written: string): WorldOptions {
  return { edit: { [PROMPTS]: [[MESSAGES, `messages:\n${written}`]] } };
}

describe('an email with a code', () => {
  it('G66 G67: comes from the mailbox of the settings, with the subject of the settings', async () => {
    const { message } = await calls('1002', {});
    expect(message).toMatchObject({
      subject: 'Your security code',
      to: 'ben@example.test',
    });
    expect(message.text).toContain(`Your security code is ${message.code}.`);
    expect(message.html).toBeUndefined();
  });

  it('G67: has the subject of the language of the call, where its prompts have one', async () => {
    const { message } = await calls('1002', {
      settings: { DEFAULT_LOCALE: 'es-ES' },
    });
    expect(message.subject).toBe('Su código de seguridad');
    expect(message.text).toContain('Su código de seguridad es');
  });

  it('L16 L17 L19: may be the text of the OTP nodes as their document writes it', async () => {
    const written =
      '"Your One Time Password is ${OTP}.${LineBreak}We will never call you for this code.${LineBreak}Your passcode will expire in ${ExpirePeriod} minutes"';
    const { message } = await calls('1002', withMessages(`  email-subject: "LN OTP"\n  email: ${written}\n`));
    expect(message.subject).toBe('LN OTP');
    expect(message.text).toBe(
      `Your One Time Password is ${message.code}.\nWe will never call you for this code.\nYour passcode will expire in 5 minutes`,
    );
  });

  it('L30: `${otpDestination}` is the masked address in the message and on the telephone, never the full one', async () => {
    const { heard, message } = await calls('1002', {
      edit: {
        [PROMPTS]: [
          [MESSAGES, `messages:\n  email: "\${OTP} for \${otpDestination}"\n`],
          ['    email: "We emailed a code', '    email: "Passcode was sent to ${otpDestination}. We emailed a code'],
        ],
      },
    });
    expect(message.text).toBe(`${message.code} for b***@example.test`);
    expect(heard).toContain('Passcode was sent to B … @ example.test.');
  });

  it('L18 L19 L30: a text message of the document stays in the basic alphabet of SMS', async () => {
    const { message } = await calls('1003', {
      edit: {
        [PROMPTS]: [
          ['  sms: "{code} is your security code.', '  sms: "${OTP}, sent to ${otpDestination}.${LineBreak}'],
        ],
      },
    });
    expect(message.text).toMatch(/^\d{6}, sent to \*\*\*43\.\n It works for 5 minutes\./);
  });

  it('L17: has an HTML body beside the text where there is one, its values escaped', async () => {
    const { message } = await calls(
      '1002',
      withMessages(
        `  email-html: '<p style="font-size: 20px">Your code:<br><b>\${OTP}</b>\${LineBreak}{minutes} minutes, {destination}</p>'\n  email: "\${OTP}"\n`,
      ),
    );
    expect(message.text).toBe(message.code);
    expect(message.html?.trim()).toBe(
      `<p style="font-size: 20px">Your code:<br><b>${message.code}</b><br>5 minutes, b***@example.test</p>`,
    );
  });
});
