import { describe, expect, it } from 'vitest';
import { findingsOf } from './rule-findings.ts';

const line = (blocks: string, head = ''): string => `
callflow: line
start: ask
inputs: [Handed]
${head}
exits:
  bye: { hang-up: true }
  app: { redirect: "https://other.example.com/", send: [Handed, Entered] }
blocks:
  ask: { collect: ask, digits: 4, save-as: Entered, next: go }
${blocks}`;

const OTHER = `
callflow: other
start: hello
inputs: [Handed, Entered, Segment]
blocks: { hello: { say: hello, next: error } }`;

const found = (blocks: string, head = ''): readonly string[] => findingsOf('CF213', [line(blocks, head), OTHER]);

describe('CF213: a variable that nothing sets', () => {
  it.each([
    [
      'a branch, with the name that was probably meant',
      '  go: { when: Entred, is: { 1: bye }, otherwise: app }',
      '',
      '11:15 Nothing sets "Entred" before the block "go" needs it. Did you mean "Entered"?',
    ],
    [
      'a link',
      '  go: { link: other, with: [Handed, Segment] }',
      '',
      '11:37 Nothing sets "Segment" before the block "go" needs it.',
    ],
    [
      'the list of what a service is sent',
      '  go: { find-methods: find, paths: { found: app, failed: bye } }',
      'services: { find: { production: "https://example.test", send: [Handed, Segment] } }',
      '5:72 Nothing sets "Segment" before the block "go" needs it.',
    ],
    [
      'a try of a code',
      '  go: { verify-code: Code, paths: { right: app, wrong: ask, finished: bye, error: bye } }',
      'account: Handed',
      '11:22 Nothing sets "Code" before the block "go" needs it.',
    ],
    [
      'the account, at the first block that needs to know it',
      '  go: { find-methods: find, paths: { found: send, failed: bye } }\n  send: { send-code: chosen, paths: { sent: app, failed: bye } }',
      'services: { find: { production: "https://example.test" } }\naccount: Account\nsettings: { methods: [authenticator] }',
      '6:10 Nothing sets "Account" before the block "go" needs it.',
    ],
    [
      'an account that no block asks about',
      '  go: { say: hello, next: app }',
      'account: Account',
      '5:10 Nothing sets "Account" before anybody can be verified for it.',
    ],
    [
      'what is set further on, and does not lead back',
      '  go: { when: Later, is: { 1: bye }, otherwise: set }\n  set: { set: { Later: 1 }, next: app }',
      '',
      '11:15 Nothing sets "Later" before the block "go" needs it.',
    ],
  ])('%s', (_what, blocks, head, message) => {
    expect(found(blocks, head)).toEqual([message]);
  });

  it('that several blocks read at one place is told once', () => {
    const head = 'services: { find: { production: "https://example.test", send: [Segment] } }';
    const find = (name: string, next: string): string =>
      `  ${name}: { find-methods: find, paths: { found: ${next}, failed: bye } }\n`;
    expect(found(find('go', 'again') + find('again', 'app'), head)).toEqual([
      '5:64 Nothing sets "Segment" before the block "go" needs it.',
    ]);
  });

  it('that an exit hands over', () => {
    const yaml = line('  go: { say: hello, next: app }').replace('send: [Handed, Entered]', 'send: [Handed, Entred]');
    expect(findingsOf('CF213', yaml)).toEqual([
      '8:65 Nothing sets "Entred" before the exit "app" sends it. Did you mean "Entered"?',
    ]);
  });

  it.each([
    ['an input', '  go: { when: Handed, is: { 1: bye }, otherwise: app }'],
    ['an entry', '  go: { when: Entered, is: { 1: bye }, otherwise: app }'],
    ['a part of its list', '  go: { when: Entered_nbest1, is: { 1: bye }, otherwise: app }'],
    ['the language', '  go: { when: locale, is: { en-US: bye }, otherwise: app }'],
    [
      'a set on one of several ways',
      '  go: { menu: go, keys: { 1: set, 2: read } }\n  set: { set: { Segment: a }, next: read }\n  read: { when: Segment, is: { a: bye }, otherwise: app }',
    ],
    [
      'a set that a circle leads back from',
      '  go: { when: Later, is: { 1: bye }, otherwise: set }\n  set: { set: { Later: 1 }, next: more }\n  more: { menu: more, keys: { 1: go, 2: app } }',
    ],
    [
      'a block that the call never comes to',
      '  go: { say: hello, next: app }\n  lost: { when: Anything, is: { 1: bye }, otherwise: app }',
    ],
  ])('is none of %s', (_what, blocks) => {
    expect(found(blocks)).toEqual([]);
  });

  it.each(['CustomerEmail', 'CustomerPhone'])('is none of what a look-up sets: %s', (variable) => {
    const blocks = `  go: { find-methods: find, paths: { found: sort, failed: bye } }\n  sort: { when: ${variable}, is: { a: bye }, otherwise: app }`;
    expect(found(blocks, 'services: { find: { production: "https://example.test" } }')).toEqual([]);
  });
});
