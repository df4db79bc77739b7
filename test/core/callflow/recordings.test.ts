/** What is found wrong with recordings, as designers read it. */
import { describe, expect, it } from 'vitest';
import type { AudioFile } from '../../../src/core/callflow/audio-file.ts';
import { formatFinding } from '../../../src/core/callflow/finding.ts';
import type { LibrarySources } from '../../../src/core/callflow/library.ts';
import { load, shippedFile } from '../support.ts';

const MB = 1024 * 1024;

function audio(name: string, rest: Partial<AudioFile> = {}): AudioFile {
  const { locale = 'en-US' } = rest;
  return { file: `prompts/${locale}/audio/${name}`, name, locale, size: 1644, digest: 'd1', kind: 'wav', ...rest };
}

const CALLFLOW = `callflow: line
start: hello
inputs: [Name, Amount]
exits: { bye: { hang-up: true } }
blocks:
  hello: { say: hello, next: more }
  more: { menu: more, keys: { 1: hello, 2: bye } }
`;

/** A line whose prompts are these, with these files in its folder \`audio\`. */
function sources(prompts: string, files?: readonly AudioFile[]): LibrarySources {
  return {
    callflows: [{ file: 'callflows/line.yaml', text: CALLFLOW }],
    prompts: [
      { ...shippedFile('prompts/en-US/standard.yaml'), locale: 'en-US', callflow: 'standard' },
      {
        file: 'prompts/en-US/line.yaml',
        text: `locale: en-US\nprompts:\n${prompts}`,
        locale: 'en-US',
        callflow: 'line',
      },
    ],
    ...(files === undefined ? {} : { audio: files }),
  };
}

const MORE = '  more: { ask: "What next?", hello: "To hear it again", bye: "If that is all" }\n';

function findings(hello: string, files?: readonly AudioFile[], more = MORE): string {
  const given = sources(`  hello: ${hello}\n${more}`, files);
  const texts = new Map(given.prompts.map(({ file, text }) => [file, text]));
  return load(given)
    .findings.map((finding) => formatFinding(finding, texts.get(finding.at.file)))
    .join('\n');
}

describe('a recording', () => {
  it('beside its words is as it should be', () => {
    expect(findings('{ text: "Hello.", audio: hello.wav }', [audio('hello.wav')])).toBe('');
  });

  it('that is not there: CF310, with what is', () => {
    const files = [audio('welcome.wav'), audio('helo.wav')];
    expect(findings('{ text: "Hello.", audio: hello.wav }', files)).toMatchInlineSnapshot(`
      "prompts/en-US/line.yaml:3:35  error CF310  There is no recording "hello.wav" in prompts/en-US/audio. Did you mean "helo.wav"?
        2 | prompts:
        3 |   hello: { text: "Hello.", audio: hello.wav }
          |                                   ^^^^^^^^^
        There: helo.wav, welcome.wav."
    `);
    expect(findings('{ text: "Hello.", audio: hello.wav }', [])).toContain(
      'Put it there; the folder is empty or missing.',
    );
  });

  it('of another language is not this one', () => {
    const files = [audio('hello.wav', { locale: 'es-ES' })];
    expect(findings('{ text: "Hello.", audio: hello.wav }', files)).toContain('CF310');
  });

  it('beside a text that changes: CF311', () => {
    const hello = '{ text: "Hello {Name}, you owe {Amount}.", audio: hello.wav }';
    expect(findings(hello, [audio('hello.wav')])).toMatchInlineSnapshot(`
      "prompts/en-US/line.yaml:3:18  error CF311  The recording "hello.wav" cannot say {Name}, {Amount}: it says the same to every caller.
        2 | prompts:
        3 |   hello: { text: "Hello {Name}, you owe {Amount}.", audio: hello.wav }
          |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        Write the text alone, or make two prompts of it: one that is recorded, and one that says what changes."
    `);
  });

  it('that platforms do not play: CF312', () => {
    expect(findings('{ text: "Hello.", audio: hello.ogg }', [audio('hello.ogg', { kind: null })]))
      .toMatchInlineSnapshot(`
        "prompts/en-US/line.yaml:3:35  error CF312  Voice platforms do not play "hello.ogg": its ending is none of wav, mp3, aif, aiff, aifc, gsm, ulaw.
          2 | prompts:
          3 |   hello: { text: "Hello.", audio: hello.ogg }
            |                                   ^^^^^^^^^
          Convert it to WAV: 8000 samples a second, 16 bits, one channel."
      `);
  });

  it.each([
    ['hello.wav', 'mp3', '"hello.wav" is not a WAV file: it begins like an MP3 file.'],
    ['hello.mp3', 'wav', '"hello.mp3" is not an MP3 file: it begins like a WAV file.'],
    ['hello.wav', null, '"hello.wav" is not a WAV file: it does not begin like one.'],
    ['hello.aiff', 'aifc', '"hello.aiff" is not an AIFF file: it begins like an AIFF-C file.'],
    [
      'hello.ulaw',
      'wav',
      '"hello.ulaw" is not samples without a header, as its ending says: it begins like a WAV file.',
    ],
  ] as const)('%s that begins like %s: CF313', (name, kind, message) => {
    expect(findings(`{ text: "Hello.", audio: ${name} }`, [audio(name, { kind })])).toContain(`CF313  ${message}`);
  });

  it.each([
    ['hello.ulaw', null],
    ['hello.gsm', null],
    ['hello.aif', 'aiff'],
    ['hello.WAV', 'wav'],
  ] as const)('%s that begins like %s is right', (name, kind) => {
    expect(findings(`{ text: "Hello.", audio: ${name} }`, [audio(name, { kind })])).toBe('');
  });

  it('over 10 MB: CF314, and nothing is said of its content, which was not read', () => {
    const huge = audio('hello.wav', { size: 10 * MB + 1, kind: null });
    expect(findings('{ text: "Hello.", audio: hello.wav }', [huge])).toMatchInlineSnapshot(`
      "prompts/en-US/line.yaml:3:35  error CF314  "hello.wav" has 10.1 MB; a recording has at most 10 MB.
        2 | prompts:
        3 |   hello: { text: "Hello.", audio: hello.wav }
          |                                   ^^^^^^^^^
        Save it for the telephone: 8000 samples a second, 16 bits, one channel, which is 1 MB a minute."
    `);
    expect(findings('{ text: "Hello.", audio: hello.wav }', [audio('hello.wav', { size: 10 * MB })])).toBe('');
  });

  it('of a menu option: CF315; of its question it is right', () => {
    const more =
      '  more: { ask: { text: "What next?", audio: next.wav }, hello: { text: "To hear it again", audio: again.wav }, bye: "If that is all" }\n';
    expect(findings('"Hello."', [audio('next.wav'), audio('again.wav')], more)).toMatchInlineSnapshot(`
      "prompts/en-US/line.yaml:4:99  error CF315  "hello" is an option of the menu "more", and options are spoken: "again.wav" would never be heard.
        4 | …: "What next?", audio: next.wav }, hello: { text: "To hear it again", audio: again.wav }, bye: "If that is all" }
          |                                                                               ^^^^^^^^^
        Write its text alone. The question (\`ask\`, \`again\`, \`help\`) may be recorded."
    `);
  });

  it('that nobody plays: CF316, a warning, and the callflow is loaded', () => {
    const files = [audio('hello.wav'), audio('old.wav'), audio('hello.wav', { locale: 'es-ES' })];
    const given = sources(`  hello: { text: "Hello.", audio: hello.wav }\n${MORE}`, files);
    expect(load(given).library?.flows.map((flow) => flow.callflow.name)).toEqual(['line']);
    expect(findings('{ text: "Hello.", audio: hello.wav }', files)).toMatchInlineSnapshot(`
      "prompts/en-US/audio/old.wav:1:1  warning CF316  No prompt in en-US plays "old.wav".
        Name it beside its words, \`{ text: "...", audio: old.wav }\`, or remove it.
      prompts/es-ES/audio/hello.wav:1:1  warning CF316  No prompt in es-ES plays "hello.wav".
        Name it beside its words, \`{ text: "...", audio: hello.wav }\`, or remove it."
    `);
  });
});

describe('how a recording is written', () => {
  it.each([
    ['with a path', '{ text: "Hello.", audio: ../hello.wav }'],
    ['with a folder', '{ text: "Hello.", audio: audio/hello.wav }'],
    ['as an address', '{ text: "Hello.", audio: "https://a.example/hello.wav" }'],
    ['without an ending', '{ text: "Hello.", audio: hello }'],
  ])('%s: CF102 says how', (_what, hello) => {
    expect(findings(hello, [])).toMatch(
      /^prompts\/en-US\/line.yaml:3:35 {2}error CF102[^]*A recording is a file in the folder audio\/ beside this one, by its name alone/,
    );
  });

  const RESERVED =
    'A prompt is one text, a recording with what it says ({ text, audio }), or several of these by name.';
  it.each([
    ['without words', '{ audio: hello.wav }', RESERVED],
    ['words without a recording', '{ text: "Hello." }', RESERVED],
    ['a variant of that name', '{ ask: "Hello.", text: "Hello." }', 'are no names of variants: together'],
    [
      'with a variant beside it',
      '{ text: "Hello.", audio: hello.wav, again: "Hello again." }',
      '"again" is not known here.',
    ],
    ['with a key mistyped', '{ text: "Hello.", adio: hello.wav }', 'are no names of variants: together'],
  ])('%s: one finding, which says what belongs together', (_what, hello, message) => {
    const found = findings(hello, [audio('hello.wav')]);
    expect(found.match(/ CF\d/g)).toHaveLength(1);
    expect(found).toContain(message);
  });
});

describe('without the files, as in a revision that was stored', () => {
  it('no rule asks for a recording, and what is recorded is spoken', () => {
    const given = sources(`  hello: { text: "Hello.", audio: gone.wav }\n${MORE}`);
    const { library, findings: found } = load(given);
    expect(found).toEqual([]);
    expect(library?.flow('line')?.wordings.get('en-US')?.recordings).toEqual(new Map());
  });
});
