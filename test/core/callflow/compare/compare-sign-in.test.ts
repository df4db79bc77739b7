import { describe, expect, it } from 'vitest';
import { compareVersions } from '../../../../src/core/callflow/compare/compare-versions.ts';
import { readProject, type Project } from '../../../../src/core/callflow/project.ts';
import { shippedFile } from '../../support.ts';

/** A callflow with this section; without any, one for the telephone. */
function projectOf(section: string | null): Project {
  const text = `callflow: web
title: Pages
start: hello
inputs: [AccountNumber]
account: AccountNumber
exits: { error: { say: technical-problem, hang-up: true } }
blocks: { hello: { say: goodbye, next: error } }
${section === null ? '' : `sign-in: ${section}\n`}`;
  const prompts = [{ ...shippedFile('prompts/en-US/standard.yaml'), locale: 'en-US', callflow: 'standard' }];
  const sources = { callflows: [{ file: 'callflows/web.yaml', text }], prompts };
  return readProject(sources, { environment: {}, defaultLocale: 'en-US' }).project;
}

const told = (before: string | null, after: string | null): readonly string[] =>
  compareVersions({ before: projectOf(before), after: projectOf(after), defaultLocale: 'en-US' }).flatMap(
    ({ changes }) => changes.map(({ text, security }) => `${security}: ${text}`),
  );

const HOURS = '{ hours: { zone: Europe/London, from: "07:00", to: "20:00" } }';
const EXEMPT = '{ exempt: [ { user: erp, networks: [10.1.0.0/16] } ] }';

describe('what has changed in a policy of web sign-in', () => {
  it.each([
    ['{ ttl: 1h }', '{ ttl: 2h }', 'looser: The sign-in key ttl is "2h" instead of "1h".'],
    [
      '{}',
      '{ ask-again: { after-no-sign-in: 7d } }',
      'tighter: The sign-in key ask-again.after-no-sign-in is "7d" instead of "30d".',
    ],
    [
      '{ ask-again: { after-authorisation: 12h } }',
      '{ ask-again: { after-authorisation: 1d } }',
      'looser: The sign-in key ask-again.after-authorisation is "1d" instead of "12h".',
    ],
    ['{}', '{ devices: { remembered: 0 } }', 'tighter: The sign-in key devices.remembered is "0ms" instead of "30d".'],
    ['{}', '{ devices: { most: 6 } }', 'looser: The sign-in key devices.most is "6" instead of "5".'],
    [
      '{}',
      '{ ask-again: { when-browser-changes: false } }',
      'looser: A browser that has changed is not asked for a code any more.',
    ],
    [
      '{ ask-again: { when-browser-changes: false } }',
      '{}',
      'tighter: A browser that has changed is asked for a code.',
    ],
    ['{}', HOURS, 'tighter: The hours of sign-in have changed.'],
    [HOURS, '{}', 'looser: The hours of sign-in have changed.'],
    [HOURS, HOURS.replace('20:00', '19:00'), 'looser: The hours of sign-in have changed.'],
    ['{}', EXEMPT, 'looser: The services that sign in without a code have changed.'],
    [EXEMPT, '{}', 'tighter: The services that sign in without a code have changed.'],
    [null, '{}', 'null: This callflow is for web sign-in now, and no number is answered by it.'],
    ['{}', null, 'null: This callflow is for the telephone now, and no sign-in begins with it.'],
  ])('%s, then %s', (before, after, change) => {
    expect(told(before, after)).toEqual([change]);
  });

  it('is nothing where the same is written in another way', () => {
    expect(told('{}', '{ ttl: 60m, devices: { most: 5 } }')).toEqual([]);
  });

  it('says that a callflow which is new is for the web', () => {
    const after = projectOf('{}');
    const before = { ...after, callflows: new Map() };
    expect(
      compareVersions({ before, after, defaultLocale: 'en-US' }).flatMap(({ changes }) =>
        changes.map(({ text }) => text),
      ),
    ).toEqual(['This callflow is new: Pages. It is for web sign-in.']);
  });
});
