import { isExternal } from '../../blocks/code-service.ts';
import { isDelivered, METHODS, TRAITS, type DeliveredMethod } from '../../method.ts';
import { offeredMethods } from '../../settings.ts';
import { canonicalMailbox } from '../../verification/mailbox.ts';
import type { CallflowFile, Project } from '../project.ts';
import { spokenOf } from './environment-value.ts';
import { listed } from './listed.ts';
import { isNumber } from './phone-number.ts';
import type { Found, Rule } from './rule.ts';
import { EMAIL_SUBJECT } from './sent-messages.ts';
import { firstWritten } from './written.ts';

interface SenderWords {
  readonly isOne: (from: string) => boolean;
  readonly refusal: string;
  readonly fix: string;
  /** As it stands under `messages:`. */
  readonly example: string;
}

/** What messages of each method can come from. */
const SENDERS = {
  email: {
    isOne: (from: string) => canonicalMailbox(from) !== null,
    refusal: 'is not exactly one mailbox, so no email could be sent',
    fix: 'Write the address alone, without a name or brackets: security@example.com.',
    example: 'email: { from: security@example.com, subject: Your security code }',
  },
  sms: {
    isOne: (from: string) => isNumber(from) || isShortCode(from) || isName(from),
    refusal: 'is nothing that a text message can come from',
    fix: 'Write a number like +12025550100, a short code like 24567, or a name of at most 11 letters and digits.',
    example: 'sms: { from: "+12025550100" }',
  },
  voice: {
    isOne: isNumber,
    refusal: 'is no number that a call can come from',
    fix: 'Write a number of your account at Twilio, with its country: +12025550100.',
    example: 'voice: { from: "+12025550100" }',
  },
} as const satisfies Record<DeliveredMethod, SenderWords>;

/** Messages come from somebody: without a sender that can be used, none of them arrives. */
export const senders: Rule = {
  code: 'CF236',
  severity: 'error',
  stage: 'sense',
  of: 'callflow',
  *check(file, project) {
    for (const method of METHODS.filter(isDelivered)) {
      const isSet = file.callflow.settings.messages[method] !== undefined;
      const found = isSet ? unusable(method, file, project) : missing(method, file);
      if (found !== null) yield found;
    }
    const subject = subjectless(file);
    if (subject !== null) yield subject;
  },
};

function unusable(method: DeliveredMethod, { callflow, yaml }: CallflowFile, project: Project): Found | null {
  const { isOne, refusal, fix } = SENDERS[method];
  const path = ['settings', 'messages', method, 'from'];
  const spoken = spokenOf(yaml, path, project);
  if (spoken === null || isOne(callflow.settings.messages[method]?.from ?? '')) return null;
  return { at: yaml.place(path), message: `${spoken} ${refusal}.`, fix };
}

/** A method that is silently not offered is a mistake where callers are left without any. */
function missing(method: DeliveredMethod, { callflow, yaml }: CallflowFile): Found | null {
  const { settings } = callflow;
  const sends = [...callflow.blocks.values()].find((block) => block.verb === 'send-code');
  if (sends === undefined || isExternal(callflow) || !settings.methods.includes(method)) return null;
  if (TRAITS[method].senderless === 'not-offered' && offeredMethods(settings).length > 0) return null;
  return {
    at: yaml.placeOfKey(
      firstWritten(yaml, [
        ['settings', 'messages'],
        ['blocks', sends.name],
      ]),
    ),
    message: `Codes are sent by ${method}, and nothing says who the sender is.`,
    fix: `Write \`${SENDERS[method].example}\` under \`messages:\` in the settings, or leave ${method} out of \`methods\`.`,
  };
}

/** An email has a subject in every language: its own, or that of the settings. */
function subjectless({ callflow, yaml, wordings }: CallflowFile): Found | null {
  const { email } = callflow.settings.messages;
  const sends = [...callflow.blocks.values()].some(({ verb }) => verb === 'send-code');
  if (email === undefined || email.subject !== undefined || !sends || !callflow.settings.methods.includes('email'))
    return null;
  const without = [...wordings.values()].filter(({ messages }) => !messages.has(EMAIL_SUBJECT));
  if (without.length === 0) return null;
  return {
    at: yaml.placeOfKey(['settings', 'messages', 'email']),
    message: `Emails have no subject in ${listed(without.map(({ locale }) => locale))}.`,
    fix: 'Write `subject: Your security code` here, or `email-subject:` under `messages:` in the prompts of each language.',
  };
}

function isShortCode(text: string): boolean {
  return /^\d{3,8}$/.test(text);
}

/** A sender that is a name has a letter: without one, networks take it for a number. */
function isName(text: string): boolean {
  return /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/.test(text);
}
