import { describe, expect, it } from 'vitest';
import { shippedFile } from '../../support.ts';
import { findingsOf } from './rule-findings.ts';

const TWO_FACTOR = shippedFile('callflows/two-factor.yaml').text.replace(/methods: .*\]/, 'methods: [email]');
const SAID = { balance: 'Your balance is {Balance}.', hours: 'We open at {Opens}.' };

/** A line on which `identify` links to the two-factor callflow, with these paths and further blocks. */
function line(paths: string, blocks: string, rest: { readonly head?: string; readonly first?: string } = {}): string {
  const { head = '', first = 'ask' } = rest;
  return `callflow: line
start: ${first}
${head}
exits: { queue: { queue: support }, success: { returns: success } }
account: AccountNumber
services:
  balance: { production: "https://bank.example/balance", send: [AccountNumber], receive: { Balance: balance/amount } }
  hours: { production: "https://bank.example/hours", receive: { Opens: hours/opens } }
blocks:
  ask: { collect: ask, digits: 4, save-as: AccountNumber, next: identify }
  identify: { link: two-factor, with: [AccountNumber], paths: ${paths} }
${blocks}
`;
}

const BALANCE = `
  balance: { service: balance, paths: { success: say-balance, failed: queue } }
  say-balance: { say: balance, next: queue }`;
const HOURS = `
  hours: { service: hours, paths: { success: say-hours, failed: queue } }
  say-hours: { say: hours, next: ask }`;
const MENU = '  more: { menu: more, keys: { 1: balance, 2: queue } }';

function found(...yaml: readonly string[]): readonly string[] {
  return findingsOf('CF228', [...yaml, TWO_FACTOR], { prompts: SAID }).map((each) => each.replace(/^\d+:\d+ /, ''));
}

describe('CF228: what stands behind a right code is heard without one', () => {
  it.each([
    [
      'by another path of the link',
      line('{ success: told, agent: told, error: queue }', '  told: { say: appointment, next: queue }'),
      '"told" is where "identify" leads after a right code for AccountNumber, and callers come to it by "agent" without one, too.',
    ],
    [
      'by another block, at its path',
      line('{ success: balance, error: more }', `${MENU}\n${BALANCE}`),
      '"balance" is where "identify" leads after a right code for AccountNumber, and callers come to it by "1" of "more" without one, too.',
    ],
    [
      'by a menu that callers with a code come to, at the path to the menu',
      line('{ success: balance, error: more }', `${MENU}\n${BALANCE.replace('next: queue', 'next: more')}`),
      '"balance" is where "identify" leads after a right code for AccountNumber, and callers come to it by "error" without one, too: ask > identify > more > balance.',
    ],
    [
      'from the main menu, which callers are at before and after the code',
      line(
        '{ success: balance }',
        '  main: { menu: main, keys: { 1: ask, 2: balance } }' + BALANCE.replace('next: queue', 'next: main'),
        { first: 'main' },
      ),
      '"balance" is where "identify" leads after a right code for AccountNumber, and callers come to it by "2" of "main" without one, too.',
    ],
    [
      'for another account that is entered after the code',
      line(
        '{ success: balance }',
        BALANCE.replace('next: queue', 'next: more') +
          '\n  more: { menu: more, keys: { 1: other, 2: queue } }\n  other: { collect: ask, digits: 4, save-as: AccountNumber, next: balance }',
      ),
      '"balance" is where "identify" leads after a right code for AccountNumber, and callers come to it by "next" of "other" without one, too.',
    ],
    [
      'by a setting',
      line('{ success: more }', '  more: { set: { Segment: gold }, next: queue }', {
        head: 'settings: { limits: { silences: { most: 3, then: more } } }',
      }),
      '"more" is where "identify" leads after a right code for AccountNumber, and callers come to it by "silences" of "ask" without one, too.',
    ],
  ])('a block: %s', (_what, yaml, message) => {
    expect(found(yaml)).toEqual([message]);
  });

  it('a block, in a callflow that does not say whose account it is', () => {
    const yaml = line('{ success: told, agent: told }', '  told: { say: appointment, next: queue }')
      .replace(', success: { returns: success }', '')
      .replace('account: AccountNumber\n', '');
    expect(found(yaml)).toEqual([expect.stringContaining('callers come to it by "agent" without one')]);
  });

  it('a block behind the `right` of a verify-code, with the caret at the path that leads there as well', () => {
    const yaml = TWO_FACTOR.replace('wrong: wrong-code', 'wrong: thank-you').replace('next: success', 'next: agent');
    expect(findingsOf('CF228', yaml)).toEqual([
      expect.stringMatching(/^91:14 "thank-you" is where "check" leads .* by "wrong" without one, too\.$/),
    ]);
  });

  it.each([
    [
      'a sentence that two paths of the link lead to',
      line(
        '{ success: appointment, agent: told }',
        '  appointment: { say: appointment, next: queue }\n  told: { say: appointment, next: queue }',
      ),
      '"appointment" is what callers hear after a right code for AccountNumber, and "told" says it to those who come by "agent" without one.',
    ],
    [
      'what is asked about the account behind the code',
      line(
        '{ success: balance, agent: second }',
        `${BALANCE}
  second: { service: balance, paths: { success: told, failed: queue } }
  told: { say: balance, next: queue }`,
      ),
      '"told" tells {Balance}, which "balance" asks for after a right code for AccountNumber, and callers come to it by "success" of "second" without one, too.',
    ],
    [
      'what is asked about the account behind the code, in the same block',
      line('{ success: balance, agent: say-balance }', BALANCE),
      '"say-balance" tells {Balance}, which "balance" asks for after a right code for AccountNumber, and callers come to it by "agent" of "identify" without one, too.',
    ],
  ])('%s', (_what, yaml, message) => {
    expect(found(yaml)).toEqual([message]);
  });
});

describe('CF228: is no mistake where', () => {
  it.each([
    [
      'only a right code leads there',
      line('{ success: balance }', BALANCE.replace('next: queue', 'next: more') + `\n${MENU}`),
    ],
    ['an exit is led to', line('{ success: queue, agent: queue, error: queue }', '')],
    [
      'everybody has been there before the code',
      line('{ success: main, agent: main }', '  main: { menu: main, keys: { 1: ask, 2: queue } }', { first: 'main' }),
    ],
    [
      'the same menu is asked by two blocks',
      line(
        '{ success: yes, agent: no }',
        '  yes: { menu: more, keys: { 1: balance, 2: queue } }\n  no: { menu: more, keys: { 1: ask, 2: queue } }' +
          BALANCE,
      ),
    ],
    [
      'a standard prompt is said on both sides',
      line(
        '{ success: yes, agent: no }',
        '  yes: { say: one-moment, next: balance }\n  no: { say: one-moment, next: queue }' + BALANCE,
      ),
    ],
    [
      'a sentence is said on both sides that has nothing to do with the code',
      line(
        '{ success: thanks }',
        '  welcome: { say: thanks, next: ask }\n  thanks: { say: thanks, next: balance }' + BALANCE,
        { first: 'welcome' },
      ),
    ],
    [
      'a service tells everybody the same',
      line(
        '{ success: more-hours, agent: hours }',
        `${HOURS.replace('next: ask', 'next: queue')}
  more-hours: { service: hours, paths: { success: hours-again, failed: queue } }
  hours-again: { say: hours, next: queue }`,
      ),
    ],
    [
      'a service is asked about the account before the code only',
      line('{ success: told, agent: queue }', '  told: { say: balance, next: queue }').replace(
        'next: identify',
        'next: first',
      ) +
        '  first: { service: balance, paths: { success: greet, failed: queue } }\n  greet: { say: balance, next: identify }\n',
    ],
    [
      'either of two accounts may be proved',
      line(
        '{ success: balance, agent: card }',
        `${BALANCE}
  card: { collect: card, digits: 4, save-as: Card, next: by-card }
  by-card: { link: two-card, with: [Card], paths: { success: balance, agent: queue, error: queue } }`,
      ),
    ],
  ])('%s', (_what, yaml) => {
    const card = TWO_FACTOR.replace('callflow: two-factor', 'callflow: two-card').replaceAll('AccountNumber', 'Card');
    expect(found(yaml, ...(yaml.includes('two-card') ? [card] : []))).toEqual([]);
  });
});
