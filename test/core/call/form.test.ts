import { describe, expect, it } from 'vitest';
import { LoadedLibrary } from '../../../src/core/callflow/library.ts';
import { compile } from '../../../src/core/callflow/compile.ts';
import { toVerbs } from '../../../src/core/call/render.ts';
import type { Form, Gather } from '../../../src/core/call/verbs.ts';
import { plainText } from '../../../src/core/call/wording.ts';
import type { SignInPolicy } from '../../../src/core/sign-in/policy.ts';
import { writeTwiml } from '../../../src/adapters/channels/twilio/twiml.ts';
import { EMAIL, flowOf, SMS, Talk } from '../support.ts';

const POLICY: SignInPolicy = {
  ttl: 3600,
  askAgain: { afterNoSignIn: 1, afterAuthorisation: 1, whenBrowserChanges: true },
  devices: { remembered: 0, most: 1 },
  hours: null,
  exempt: [],
};

const YAML = `
callflow: web
start: hello
account: User
settings:
  zero-is: person
  messages: { email: { from: a@example.com, subject: A }, sms: { from: "+12025550100" } }
services: { methods: { test: "http://x.test/", production: "http://x.test/" } }
exits:
  success: { hang-up: true }
  person: { hang-up: true }
  error: { hang-up: true }
blocks:
  hello: { say: hello, next: find }
  find: { find-methods: methods, paths: { found: choose, failed: error } }
  choose: { choose-method: way, next: more }
  more: { menu: more, keys: { 1: number, star: code, hash: hello }, in: { number: es-ES } }
  number: { collect: number, digits: 4-8, save-as: Number, next: code }
  code: { collect: code, digits: code, save-as: authCode, star: more, next: check }
  check: { verify-code: authCode, paths: { right: success, wrong: code, finished: error, error: error } }`;

const WORDS = {
  hello: 'Hello.',
  way: { ask: 'How?', again: 'How then?', email: 'By email to {domain}', sms: 'By text to {last2}' },
  more: { ask: 'What else?', number: 'A number', code: 'A code', hello: 'Again' },
  number: { ask: 'Which number?' },
  code: { ask: 'The code, please.', wrong: 'Wrong.', star: 'I need help' },
};

/** The same callflow for the web, or for the telephone. */
function callOf(signIn: SignInPolicy | null): Talk {
  const written = flowOf(YAML, WORDS);
  const flows = written.flows.map(({ callflow, wordings }) => compile({ ...callflow, signIn }, { wordings }));
  const { revision, texts, standard, defaultLocale, agent } = written;
  const library = new LoadedLibrary(flows, { revision, texts, standard, defaultLocale, agent });
  return new Talk(library).opens('web', { User: 'ana' }).finds(EMAIL, SMS);
}

const atPage = (): Talk => callOf(POLICY);

function formOf(talk: Talk): Form {
  const { form } = talk.listen;
  if (form === undefined) throw new Error('no form');
  return form;
}

const shown = (talk: Talk): readonly string[] => formOf(talk).words.map(({ parts }) => plainText(parts));
const buttons = (talk: Talk): readonly (readonly string[])[] =>
  formOf(talk).options.map(({ key, name, parts, language }) => [key, name, plainText(parts), language]);

describe('a question on the web', () => {
  it('has a button for each choice, by its own words and without its key', () => {
    const talk = atPage();
    expect(shown(talk)).toEqual(['Hello.', 'How?']);
    expect(buttons(talk)).toEqual([
      ['1', 'email', 'By email to example.com', 'en-US'],
      ['2', 'sms', 'By text to 56', 'en-US'],
      ['0', 'zero', 'To speak to someone, press zero.', 'en-US'],
    ]);
    expect(formOf(talk)).toMatchObject({ block: 'choose', entry: null });
  });

  it('names star and hash as a telephone sends them, and an option in its own language', () => {
    expect(buttons(atPage().presses('1')).slice(0, 3)).toEqual([
      ['1', 'number', 'A number', 'es-ES'],
      ['*', 'code', 'A code', 'en-US'],
      ['#', 'hello', 'Again', 'en-US'],
    ]);
  });

  it('has a field for what is typed: as long as the code, or of any length that the block allows', () => {
    const talk = atPage().presses('1', '1');
    expect(formOf(talk)).toMatchObject({ block: 'number', options: [], entry: { digits: null, isCode: false } });
    expect(formOf(talk.presses('1234'))).toMatchObject({ block: 'code', entry: { digits: 6, isCode: true } });
  });

  it('has a button for the star path of a code', () => {
    expect(buttons(atPage().presses('1', '*'))).toEqual([['*', 'star', 'I need help', 'en-US']]);
  });

  it('first says what happened', () => {
    const talk = atPage().presses('9');
    expect(shown(talk)).toEqual(['That key is not one of the choices.', 'How then?']);
    expect(formOf(talk).words.map(({ prompt }) => prompt)).toEqual(['unknown-key', 'way.again']);
  });

  it('is shown again, whole, where a call would listen on in silence', () => {
    const talk = atPage().presses('1', '*', '12');
    expect(talk.spoken).toEqual([]);
    expect(shown(talk)).toEqual(['The code, please.']);
    expect(formOf(talk).entry).toEqual({ digits: 6, isCode: true });
  });
});

describe('the form in a reply', () => {
  const links = { turn: String, silence: String, start: String, audio: () => null };
  const verbsOf = ({ spoken, listen }: Pick<Talk, 'spoken' | 'listen'>) =>
    toVerbs({ kind: 'ask', spoken, listen, leftover: false, nonce: 'n' }, links);

  it('stands in the first Gather', () => {
    const talk = atPage();
    const gathers = verbsOf(talk).filter((verb): verb is Gather => verb.verb === 'gather');
    expect(gathers.map(({ form }) => form)).toEqual([formOf(talk), undefined]);
  });

  it('is not there on the telephone, whose documents are the same as without it', () => {
    const [web, phone] = [atPage(), callOf(null)];
    expect(phone.listen.form).toBeUndefined();
    expect(writeTwiml(verbsOf(web))).toEqual(writeTwiml(verbsOf(phone)));
  });
});
