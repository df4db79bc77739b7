import type { OwnCallflow } from './playing.ts';

/** A service that may take longer than a caller is left in silence. */
export const HELD: OwnCallflow = {
  name: 'held',
  callflow: `
callflow: held
start: first
services: { slow: { production: "\${CALLFLOW_SLOW_URL}", test: "\${CALLFLOW_SLOW_URL}", timeout: 15s } }
exits: { done: { say: goodbye, hang-up: true }, agent: { say: transferring, dial: "\${AGENT_NUMBER}" } }
blocks:
  first: { menu: first, keys: { 1: slow } }
  slow: { service: slow, paths: { success: second, failed: agent } }
  second: { menu: second, keys: { 1: done, 2: first } }
`,
  prompts: `  first: { ask: First question, slow: To go on }\n  second: { ask: Second question, done: To end, first: To begin again }\n`,
};

/** Questions that listen for words, and for words alone. */
export const SPOKEN: OwnCallflow = {
  name: 'spoken',
  callflow: `
callflow: spoken
start: number
exits: { done: { say: goodbye, hang-up: true }, agent: { say: transferring, dial: "\${AGENT_NUMBER}" } }
blocks:
  number: { collect: number, digits: 4, save-as: Number, input: dtmf speech, next: words }
  words: { collect: words, digits: 2, save-as: Words, input: speech, next: keys }
  keys: { menu: keys, keys: { 1: done } }
`,
  prompts: `  number: Say or enter a number\n  words: Say two digits\n  keys: { ask: Press a key, done: To end }\n`,
};
