/** The ways to reach or ask the person, in the document's words (G36); `voice` is our addition. */
export const METHODS = ['email', 'sms', 'voice', 'authenticator'] as const;

export type Method = (typeof METHODS)[number];

/** What is delivered; an authenticator shows its codes itself. */
export type DeliveredMethod = Exclude<Method, 'authenticator'>;

export interface Traits {
  /** What codes go to: how it is masked and which variable holds it follow from that. */
  readonly to: 'mailbox' | 'number' | 'nobody';
  /** How a code gets there: in a text, told in a call, or it is there already. */
  readonly code: 'written' | 'told' | 'shown';
  /** What it means that a callflow names no sender: it cannot be sent, or its callers are not offered the method. */
  readonly senderless: 'mistake' | 'not-offered';
  /** As the reference documents write it in requests (G41, D4). */
  readonly inRequests: string;
  /** As callers call it. */
  readonly inWords: string;
}

export const TRAITS: Readonly<Record<Method, Traits>> = {
  email: { to: 'mailbox', code: 'written', senderless: 'mistake', inRequests: 'Email', inWords: 'an email' },
  sms: { to: 'number', code: 'written', senderless: 'mistake', inRequests: 'SMS', inWords: 'a text message' },
  voice: { to: 'number', code: 'told', senderless: 'not-offered', inRequests: 'Voice', inWords: 'a voice call' },
  authenticator: {
    to: 'nobody',
    code: 'shown',
    senderless: 'not-offered',
    inRequests: 'Authenticator',
    inWords: 'a code from an authenticator app',
  },
};

export function isDelivered(method: string): method is DeliveredMethod {
  return isMethod(method) && method !== 'authenticator';
}

export function isMethod(word: string): word is Method {
  return METHODS.some((method) => method === word);
}
