/** The ways to reach or ask the person, in the document's words (G36); `voice` is our addition. */
export const METHODS = ['email', 'sms', 'voice', 'authenticator'] as const;

export type Method = (typeof METHODS)[number];
