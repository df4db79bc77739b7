import { describe, expect, it } from 'vitest';
import { scriptOf } from '../../../src/cli/show/script.ts';
import { anyEnvironment, asWritten } from '../../../src/core/callflow/as-written.ts';
import { compileProject, type LibrarySources } from '../../../src/core/callflow/library.ts';
import { readProject } from '../../../src/core/callflow/project.ts';
import { digest, LOCALES, SHIPPED_CALLFLOWS, shippedLibrary, shippedSources, Talk } from '../../core/support.ts';
import { sourcesOf } from './pictures.ts';

function script(name: string, sources: LibrarySources, locale = 'en-US'): string {
  const options = { environment: anyEnvironment(sources.callflows), defaultLocale: 'en-US', digest };
  const { project, findings } = readProject(sources, options);
  const library = compileProject(project, sources, options);
  const flow = library.flow(name);
  if (flow === undefined || findings.length > 0) throw new Error(JSON.stringify(findings));
  const written = new Map([...project.callflows].map(([each, file]) => [each, asWritten(file)]));
  return scriptOf({ library, flow, locale, written });
}

const known = new Map<string, string>();

/** That of a callflow that comes with Dialproof. */
function shipped(name: string, locale = 'en-US'): string {
  const key = `${name} ${locale}`;
  const told = known.get(key) ?? script(name, shippedSources(), locale);
  known.set(key, told);
  return told;
}

/** A script without its line breaks. */
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');
const section = (text: string, from: string, to: string): string => text.split(from)[1]?.split(to)[0] ?? '';

const LINE = `callflow: line
title: A line for the weather
start: class
inputs: [Segment]
exits:
  agent: { say: transferring, dial: "\${AGENT_NUMBER}" }
  desk: { queue: weather-desk }
blocks:
  class: { when: Segment, is: { gold: desk }, otherwise: zip }
  zip: { collect: zip, digits: 4-5, save-as: Zip, input: dtmf speech, star: agent, next: weather }
  weather: { service: weather, paths: { success: storm, failed: agent } }
  storm: { when: Warning, is: { storm: warn }, otherwise: tell }
  warn: { say: warn, next: tell }
  tell: { say: weather, next: more }
  more: { menu: more, keys: { 1: zip, 2: desk }, silences: { most: 1, then: agent }, wrong-keys: { most: 2, then: agent } }
services:
  weather: { production: "\${CALLFLOW_WEATHER_URL}", send: [Zip], receive: { Sky: weather/sky, Warning: weather/warning } }
`;
const WORDS = `locale: en-US
prompts:
  zip: { ask: "Your zip code, please.", help: "It has four or five digits." }
  warn: "There is a storm."
  weather: "The sky is {Sky}."
  more: { ask: "Is there more?", again: "More?", zip: "For another place", desk: "To speak to a forecaster" }
`;

describe('the script of a callflow', () => {
  it('tells the call that works, and then everything else that is said', () => {
    expect(script('line', sourcesOf(LINE, WORDS))).toMatchSnapshot();
  });

  it('says what a real call says, word for word', () => {
    const talk = new Talk(shippedLibrary()).opens('two-factor', { AccountNumber: '4829' });
    const heard: string[] = [];
    const hear = (now: Talk): void => void heard.push(now.words.replaceAll(' | ', ' '));
    hear(
      talk.finds(
        { method: 'email', destination: 'ana@example.com' },
        { method: 'sms', destination: '+12025550156' },
        { method: 'voice', destination: '+12025550156' },
        { method: 'authenticator', destination: '' },
      ),
    );
    hear(talk.presses('1').comesTo('sent', { tallies: { sends: 1, left: 3 } }));
    const { account } = talk.presses('482913').task as { readonly account: string };
    talk.grants.add(account);
    hear(talk.comesTo('right'));
    const told = section(shipped('two-factor'), 'The way that works', 'What else');
    const lines = told.split(/^(?=\S)/m).filter((line) => line.startsWith('Line:'));
    expect(lines.map((line) => flat(line.replace('Line:', '').replace(/\(.*/s, '')).trim())).toEqual(heard);
  });

  it.each(SHIPPED_CALLFLOWS.flatMap((name) => LOCALES.map((locale) => [name, locale] as const)))(
    '%s in %s leaves out no prompt: none stands at the end',
    (name, locale) => {
      const told = shipped(name, locale);
      expect(
        told.startsWith(`${name === 'main' ? 'Self-service line' : 'Two-factor authentication'}\n${name}, ${locale}\n`),
      ).toBe(true);
      expect(told).not.toContain('Words that no call above came to');
    },
  );

  it('goes through a linked callflow on the way that works, and leaves the rest to its own script', () => {
    const told = shipped('main');
    expect(flat(section(told, 'The way that works', 'What else'))).toContain(
      'You: press 4 8 2 9 1 3 (the code is right)',
    );
    expect(told).not.toContain('At enter-code');
    expect(flat(told)).toContain('(two-factor comes back by "agent") Line: Please hold');
  });

  it('tells the last attempt, a second send, and a code that is asked for too soon', () => {
    const told = flat(shipped('two-factor'));
    expect(told).toContain(
      '(the code is wrong, and one try is left) Line: That code did not match. You have 1 try left.',
    );
    expect(told).toContain(
      '(another code is sent) Line: We emailed a code to the address starting with A, at example.com. Use the newest one.',
    );
    expect(told).toContain('within 20 seconds of one that was not tried) Line: Your code is on its way.');
  });

  it('writes down the messages, with a code that is made up', () => {
    const told = flat(shipped('two-factor'));
    expect(told).toContain('Email: Your security code Your security code is 482913. It works for 5 minutes.');
    expect(told).toContain('Text: 482913 is your security code.');
    expect(told).toContain('When wrong codes lock the account');
    expect(told).toContain(
      'Text: Wrong codes were entered for you by phone several times. We accept none for 30 minutes.',
    );
  });

  it('says what callers press where they may say nothing but words', () => {
    const told = script('line', sourcesOf(LINE.replace('input: dtmf speech, star: agent', 'input: speech'), WORDS));
    expect(told).toContain('You:   say 4 8 2 9\n');
    expect(told).toContain('You:   say something else\n');
  });

  it('words for methods that this caller does not have stand at its end', () => {
    const { callflows, prompts } = shippedSources();
    const more = prompts.map((each) => ({
      ...each,
      text: each.text.replace(
        'verified: "Thank you, you are verified."',
        'verified: { ask: "Thank you.", voice: "We called." }',
      ),
    }));
    const sources = {
      callflows,
      prompts: more.map((each) => ({
        ...each,
        text: each.text.replace(
          /verified: \{ ask: "Thank you\.", voice/,
          'verified: { email: "Thank you.", sms: "Thank you.", voice',
        ),
      })),
    };
    expect(script('two-factor', sources)).toMatch(
      /Words that no call above came to\n=+\n\nverified\.voice: We called\.\n$/,
    );
  });
});
