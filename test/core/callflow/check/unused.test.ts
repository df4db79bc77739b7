import { describe, expect, it } from 'vitest';
import { findingsOf } from './rule-findings.ts';

const line = (rest: string, exits = ''): string => `
callflow: line
start: hello
inputs: [AccountNumber]
account: AccountNumber
exits: { success: { returns: success }, agent: { hang-up: true }, error: { hang-up: true }${exits} }
${rest}`;

const HELLO = 'blocks: { hello: { say: hello, next: error } }';

describe('CF215: what nothing uses', () => {
  it('is an exit that no path leads to', () => {
    expect(findingsOf('CF215', line(HELLO, ', desk: { queue: desk }'))).toEqual([
      '6:93 Nothing leads to the exit "desk".',
    ]);
  });

  it('is an exit that only a link in another callflow wires', () => {
    const other =
      'callflow: other\nstart: go\ninputs: [AccountNumber]\nexits: { bye: { hang-up: true } }\nblocks: { go: { link: line, with: [AccountNumber], paths: { success: bye, desk: bye } } }';
    expect(findingsOf('CF215', [line(HELLO, ', desk: { queue: desk }'), other])).toHaveLength(1);
  });

  it('is a service that no block asks', () => {
    const services = 'services: { find: { production: "https://example.test" } }\n';
    expect(findingsOf('CF215', line(services + HELLO))).toEqual(['7:13 No block asks the service "find".']);
  });

  it('is not success, agent or error, which calls come to by default', () => {
    expect(findingsOf('CF215', line(HELLO))).toEqual([]);
  });

  it.each([
    ['a setting', 'settings: { zero-is: desk }\n'],
    ['a limit', 'settings: { limits: { locked: { then: desk } } }\n'],
  ])('is not an exit that %s names', (_what, settings) => {
    expect(findingsOf('CF215', line(settings + HELLO, ', desk: { queue: desk }'))).toEqual([]);
  });

  it('is not a service that a block asks', () => {
    const find =
      'services: { find: { production: "https://example.test" } }\nblocks: { hello: { find-methods: find, paths: { found: agent, failed: error } } }';
    expect(findingsOf('CF215', line(find))).toEqual([]);
  });
});
