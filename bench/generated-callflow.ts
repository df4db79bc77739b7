/** A callflow of so many blocks, and its prompts: as YAML. */
export interface Generated {
  readonly callflow: string;
  readonly prompts: string;
}

const VERIFICATION = `  find:   { find-methods: contact-methods, paths: { found: choose, failed: error } }
  choose: { choose-method: choose, next: send }
  send:   { send-code: chosen, paths: { sent: enter, failed: agent } }
  enter:  { collect: enter, digits: code, save-as: authCode, next: check }
  check:  { verify-code: authCode, paths: { right: menu-0, wrong: enter, finished: agent, error: error } }
`;
/** Blocks of it, and of one section. */
const SIZE = 5;

/**
 * Verifies the caller and then goes on in sections of five blocks, each with a menu, an entry, a branch, a variable and
 * a sentence, that lead forwards and back. `blocks` is a multiple of 5, at least 10.
 */
export function generatedCallflow(name: string, blocks: number): Generated {
  const sections = Array.from({ length: blocks / SIZE - 1 }, (_, index) => index);
  const last = sections.length - 1;
  const after = (index: number): string => (index === last ? 'success' : `menu-${index + 1}`);
  return {
    callflow: `callflow: ${name}
start: find
inputs: [AccountNumber]
account: AccountNumber
settings:
  methods: [email, sms]
  zero-is: agent
  messages: { email: { from: security@example.com, subject: Your code }, sms: { from: "+12025550100" } }
services: { contact-methods: { production: "\${CONTACT_METHODS_URL}", test: "\${CONTACT_METHODS_TEST_URL}", send: [AccountNumber] } }
exits:
  success: { returns: success }
  agent: { say: transferring, dial: "\${AGENT_NUMBER}" }
  error: { say: technical-problem, dial: "\${AGENT_NUMBER}" }
blocks:
${VERIFICATION}${sections.map((index) => section(index, after(index))).join('')}`,
    prompts: `locale: en-US
prompts:
  choose: { ask: "How would you like to get your code?", email: "For an email to {domain}", sms: "For a text message" }
  enter: "Enter the {digits} digits of your code."
${sections.map((index) => wording(index, after(index))).join('')}messages: { email: "Your code is {code}.", sms: "{code} is your code." }
`,
  };
}

function section(index: number, next: string): string {
  return `  menu-${index}:  { menu: menu-${index}, keys: { 1: entry-${index}, 2: news-${index}, 3: ${next} } }
  entry-${index}: { collect: entry-${index}, digits: 4-12, save-as: Entry${index}, star: menu-${index}, next: sort-${index} }
  sort-${index}:  { when: Entry${index}, is: { 1111: news-${index}, 2222: mark-${index} }, otherwise: menu-${index} }
  mark-${index}:  { set: { Mark${index}: "${index}" }, next: news-${index} }
  news-${index}:  { say: news-${index}, next: ${next} }
`;
}

function wording(index: number, next: string): string {
  return `  menu-${index}: { ask: "What would you like to know?", entry-${index}: "To enter a number", news-${index}: "For the news", ${next}: "To go on" }
  entry-${index}: "Please enter your number, then press pound."
  news-${index}: "You have entered {Entry${index}}. {Entry${index}, plural, one {That is one.} other {That is many.}}"
`;
}
