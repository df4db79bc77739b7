import { describe, expect, it } from 'vitest';
import { loadCallflow } from '../../../src/core/callflow/load.ts';
import { shippedFile } from '../support.ts';

const FLOW = 'callflow: web\nstart: hello\nblocks:\n  hello: { say: goodbye, next: error }\n';

const read = (section: string) => loadCallflow({ file: 'web.yaml', text: `${FLOW}${section}` }, {});
const policyOf = (section: string) => read(`sign-in: ${section}\n`).callflow?.signIn;
const said = (section: string): readonly string[] =>
  read(`sign-in: ${section}\n`).findings.map(({ message, fix }) => `${message} ${fix}`.trim());

const DAY = 86_400_000;

describe('the section sign-in', () => {
  it('E16: E21: has a default for all of it', () => {
    expect(policyOf('{}')).toEqual({
      ttl: 3600,
      askAgain: { afterNoSignIn: 30 * DAY, afterAuthorisation: 30 * DAY, whenBrowserChanges: true },
      devices: { remembered: 30 * DAY, most: 5 },
      hours: null,
      exempt: [],
    });
  });

  it('is null in a callflow of the telephone', () => {
    expect(read('').callflow?.signIn).toBeNull();
  });

  it('E1: E16: E21: E26: is read as it is written', () => {
    const section = `
  ttl: 90m
  ask-again: { after-no-sign-in: 7d, after-authorisation: 12h, when-browser-changes: false }
  devices: { remembered: 0, most: 1 }
  hours: { zone: Europe/London, from: "22:00", to: "06:30", days: [fri, sun], otherwise: refuse }
  exempt:
    - { user: " erp-sync ", networks: [10.1.0.0/16, "2001:DB8::/32", 192.0.2.7] }
    - { user: 1001, networks: ["::ffff:10.0.0.0/104"] }`;
    expect(policyOf(section)).toEqual({
      ttl: 5400,
      askAgain: { afterNoSignIn: 7 * DAY, afterAuthorisation: DAY / 2, whenBrowserChanges: false },
      devices: { remembered: 0, most: 1 },
      hours: { zone: 'Europe/London', from: 1320, to: 390, days: [5, 7], otherwise: 'refuse' },
      exempt: [
        { user: 'erp-sync', networks: ['10.1.0.0/16', '2001:db8::/32', '192.0.2.7/32'] },
        { user: '1001', networks: ['10.0.0.0/8'] },
      ],
    });
  });

  it('E16: a ttl is whole seconds, and never more than is written', () => {
    expect(policyOf('{ ttl: 1999ms }')?.ttl).toBe(1);
    expect(policyOf('{ ttl: 0 }')?.ttl).toBe(0);
  });

  const hours = (changes: string): string => `{ hours: { zone: Europe/London, from: "07:00", to: "20:00"${changes} } }`;

  it.each([
    ['{ ttl: 25h }', '25h is outside what is possible here: 0ms to 1d.'],
    ['{ devices: { remembered: 31d } }', '31d is outside what is possible here: 0ms to 30d.'],
    ['{ ask-again: { after-no-sign-in: 30 } }', '30 has no unit. Write 30d for 30 days (ms, s, m, h, d).'],
    ['{ ask-again: { after-authorisation: 60 days } }', '"60 days" is not a length of time. Write 60d.'],
    ['{ ask-again: { after-sign-in: 7d } }', '"after-sign-in" is not known here. Did you mean "after-no-sign-in"?'],
    ['{ devices: { most: 0 } }', 'A whole number goes here, 1 to 20.'],
    [hours(', days: [monday]'), '"monday" is not a day.'],
    [hours(', days: [mon, mon]'), 'Name each day once.'],
    [hours(', otherwise: no'), '"no"'],
    ['{ hours: { zone: London, from: "07:00", to: "20:00" } }', '"London" is not a time zone that is known.'],
    ['{ hours: { zone: Europe/London, from: 7, to: "20:00" } }', 'A time of day goes here'],
    ['{ hours: { zone: Europe/London, from: "24:00", to: "20:00" } }', 'A time of day goes here'],
    ['{ hours: { zone: Europe/London, from: "07:00", to: "07:00" } }', 'Leave `hours` out for any time.'],
    ['{ exempt: [ { user: erp, networks: [] } ] }', 'Name at least one network: the name alone is known to anybody.'],
    ['{ exempt: [ { user: erp } ] }', '"networks" is missing.'],
    ['{ exempt: [ { user: "", networks: [10.1.0.0/16] } ] }', 'The name that the service signs in with goes here.'],
    [
      '{ exempt: [ { user: erp, networks: [10.1.2.3/16] } ] }',
      '"10.1.2.3/16" has bits behind its /16. Write 10.1.0.0/16',
    ],
    ['{ exempt: [ { user: erp, networks: [0.0.0.0/0] } ] }', '"0.0.0.0/0" is too large a network to tell anybody by.'],
    ['{ exempt: [ { user: erp, networks: [10.1] } ] }', 'network'],
  ])('%s is refused, and told what to write', (section, message) => {
    expect(said(section)).toEqual([expect.stringContaining(message)]);
  });
});

describe('callflows/web-sign-in.yaml', () => {
  const { callflow } = loadCallflow(shippedFile('callflows/web-sign-in.yaml'), {});

  it('E19: sends codes to the email address first, and has a policy of its own', () => {
    expect(callflow?.settings.methods[0]).toBe('email');
    expect(callflow?.signIn).toEqual(policyOf('{}'));
  });
});
