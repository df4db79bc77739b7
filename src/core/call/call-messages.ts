/** What is said in a call that tells a code, by the name of its message, and the values that each may name. */
export const CALL_MESSAGES = {
  /** Who calls, and which key tells the code. */
  'voice-key': ['key'],
  /** The code. */
  voice: ['code', 'digits'],
  /** Which key tells a new code. */
  'voice-again': ['key'],
  'voice-goodbye': [],
} as const;

export type CallMessage = keyof typeof CALL_MESSAGES;

/** Whether a message is said in a call, and not sent. */
export function isSaid(message: string): message is CallMessage {
  return Object.hasOwn(CALL_MESSAGES, message);
}
