import { describe, expect, it } from 'vitest';
import { loadWordings } from '../../../src/core/call/prompts.ts';
import type { AudioFile } from '../../../src/core/callflow/audio-file.ts';
import { flowOf, Talk, type Prompts } from '../support.ts';

const FLOW = `
callflow: line
start: hello
exits: { bye: { say: thank-you, hang-up: true } }
blocks:
  hello: { say: hello, next: more }
  more: { menu: more, keys: { 1: number, 2: bye } }
  number: { collect: number, digits: 4, save-as: Number, next: more }
`;
const OPTIONS = 'To tell us a number, press 1. If that is all, press 2.';
const more = (ask: Prompts[string]): Prompts[string] => ({
  ask,
  again: 'Once more.',
  number: 'To tell us a number',
  bye: 'If that is all',
});
const recorded = (text: string, audio: string) => ({ text, audio });

const audio = (name: string): AudioFile => ({
  file: `prompts/en-US/audio/${name}`,
  name,
  locale: 'en-US',
  size: 1,
  digest: 'd1',
  kind: 'wav',
});

/** What is heard, utterance by utterance: the prompt's name, and its recording or its words. */
function heard(talk: Talk): readonly (readonly [prompt: string, said: string])[] {
  return talk.spoken.map(({ prompt, audio: path, parts }) => [
    prompt,
    path ?? parts.map((part) => ('text' in part ? part.text : '')).join(''),
  ]);
}

describe('a recorded prompt is played', () => {
  const files = ['hello.wav', 'next.wav', 'number.wav', 'again.wav', 'bye.wav', 'silence.wav'].map(audio);

  it('where it is said, asked for digits, asked again, and said on the way out', () => {
    const library = flowOf(
      FLOW,
      {
        hello: recorded('Hello.', 'hello.wav'),
        more: more('What next?'),
        number: { ask: recorded('Four digits.', 'number.wav'), again: recorded('Again.', 'again.wav') },
        silence: recorded('Nothing heard.', 'silence.wav'),
        'thank-you': recorded('Thank you.', 'bye.wav'),
      },
      files,
    );
    const talk = new Talk(library).opens('line');
    expect(heard(talk)).toEqual([
      ['hello', 'audio/d1/en-US/hello.wav'],
      ['more', `What next? ${OPTIONS}`],
    ]);
    expect(heard(talk.presses('1'))).toEqual([['number.ask', 'audio/d1/en-US/number.wav']]);
    expect(heard(talk.isSilent())).toEqual([
      ['silence', 'audio/d1/en-US/silence.wav'],
      ['number.again', 'audio/d1/en-US/again.wav'],
    ]);
    expect(heard(talk.presses('1234', '2'))).toEqual([['thank-you', 'audio/d1/en-US/bye.wav']]);
  });

  it('where it is the question of a menu; the options follow in words', () => {
    const library = flowOf(FLOW, { more: more(recorded('What next?', 'next.wav')) }, files);
    const talk = new Talk(library).opens('line');
    expect(heard(talk)).toEqual([
      ['hello', 'hello'],
      ['more.ask', 'audio/d1/en-US/next.wav'],
      ['more', OPTIONS],
    ]);
    expect(heard(talk.presses('9')).at(-1)).toEqual(['more', `Once more. ${OPTIONS}`]);
  });

  it('and keeps its words: the transcript, and what is spoken where nothing can be played', () => {
    const library = flowOf(FLOW, { hello: recorded('Hello.', 'hello.wav') }, files);
    expect(new Talk(library).opens('line').words).toMatch(/^Hello\. \| /);
  });
});

describe('a prompt of the callflow over a standard one', () => {
  const standard = loadWordings(
    { file: 'standard.yaml', text: 'locale: en-US\nprompts: { silence: { text: "Nothing.", audio: silence.wav } }' },
    null,
    new Map([['silence.wav', audio('silence.wav')]]),
  );

  it.each([
    ['words it anew: the recording of the old words is not played', '"No keys."', undefined],
    ['leaves it: its recording is played', undefined, 'audio/d1/en-US/silence.wav'],
    ['records it anew', '{ text: "No keys.", audio: other.wav }', 'audio/d1/en-US/other.wav'],
  ])('%s', (_what, silence, path) => {
    const text = `locale: en-US\nprompts: ${silence === undefined ? '{}' : `{ silence: ${silence} }`}`;
    const files = new Map([['other.wav', audio('other.wav')]]);
    const { wordings } = loadWordings({ file: 'line.yaml', text }, standard.wordings, files);
    expect(wordings?.recordings.get('silence')).toBe(path);
  });
});
