import { describe, expect, it } from 'vitest';
import { callflow, found, says } from './overlay.ts';

const { 'prompts/en-US/tiny.yaml': WORDS = '', ...TINY } = says('"Hello."');
const SPANISH = 'locale: es-ES\nprompts: { hello: "Hola." }';

describe('CF306: a prompt file whose callflow is not there', () => {
  it.each([
    [
      'the words of a callflow under a mistyped name are missed: an error, and the only one',
      { ...TINY, 'prompts/en-US/tinny.yaml': WORDS },
      'prompts/en-US/tinny.yaml:1:1 error CF306 There is no callflow "tinny" that could use this file. Did you mean "tiny"?',
    ],
    [
      'the same in another language, which the callflow would not speak',
      { ...says('"Hello."'), 'prompts/es-ES/tinny.yaml': SPANISH },
      'prompts/es-ES/tinny.yaml:1:1 error CF306 There is no callflow "tinny" that could use this file. Did you mean "tiny"?',
    ],
    [
      'a file that was left behind is a warning',
      { ...says('"Hello."'), 'prompts/en-US/parcels.yaml': WORDS },
      'prompts/en-US/parcels.yaml:1:1 warning CF306 There is no callflow "parcels" that could use this file.',
    ],
    [
      'a copy beside the real one was not meant for it',
      { ...says('"Hello."'), 'prompts/en-US/tiny2.yaml': WORDS },
      'prompts/en-US/tiny2.yaml:1:1 warning CF306 There is no callflow "tiny2" that could use this file.',
    ],
  ])('%s', (_what, files, told) => {
    expect(found(files)).toEqual([told]);
  });

  it.each([
    [
      'one for the built-in callflow that another uses',
      { 'callflows/two-factor.yaml': 'callflow: bank\nuse: builtin/two-factor' },
    ],
    [
      'one for a callflow that cannot be read',
      { ...callflow('  hello: { sya: hello }'), 'prompts/en-US/tiny.yaml': WORDS },
    ],
    [
      'one for a built-in callflow, while a callflow that may use it cannot be read',
      { 'callflows/two-factor.yaml': 'callflow: bank\nuse: builtin/two-factr' },
    ],
  ])('is not %s', (_what, files) => {
    expect(found(files).filter((each) => each.includes('CF306'))).toEqual([]);
  });

  it('nothing is missed in the messages of a misnamed file either', () => {
    const files = {
      ...callflow(
        '  send: { send-code: chosen, paths: { sent: bye, failed: error } }',
        'inputs: [AccountNumber]\naccount: AccountNumber\nsettings: { methods: [sms], messages: { sms: { from: "24567" } } }\nexits: { bye: { hang-up: true } }',
      ),
      'prompts/en-US/tny.yaml': 'locale: en-US\nmessages: { sms: "{code}" }',
    };
    expect(found(files)).toHaveLength(1);
  });
});
