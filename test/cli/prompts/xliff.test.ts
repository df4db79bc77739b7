import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Translation, Unit } from '../../../src/cli/prompts/unit.ts';
import { readXliff, writeXliff } from '../../../src/cli/prompts/xliff.ts';
import { anyText } from './any-text.ts';

const unit = (rest: Partial<Unit> = {}): Unit => ({
  callflow: 'line',
  kind: 'prompt',
  prompt: 'hello',
  variant: null,
  source: 'Hello.',
  target: 'Hola.',
  audio: '',
  note: '',
  ...rest,
});
const translation = (...units: readonly Unit[]): Translation => ({ from: 'en-US', to: 'es-ES', units });

/** A file as a tool might have written it. */
const file = (inside: string, attributes = 'source-language="en-US" target-language="es-ES"'): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n<file original="line" datatype="plaintext" ${attributes}><header><tool tool-id="x"/></header><body>${inside}</body></file></xliff>`;

describe('the file', () => {
  it('is XLIFF 1.2: a file for each prompt file, a unit for each text, what is not translated without a target', () => {
    const xliff = writeXliff(
      translation(
        unit({
          callflow: 'standard',
          kind: 'frame',
          prompt: 'key-names',
          variant: 'star',
          source: 'star',
          target: 'asterisco',
        }),
        unit({
          source: 'It is <digits>{last2}</digits> & "more"',
          target: '',
          note: 'Keep {last2}.',
          audio: 'hello.wav',
        }),
      ),
    );
    expect(xliff).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
        <file original="standard" datatype="plaintext" source-language="en-US" target-language="es-ES">
          <body>
            <trans-unit id="frame/key-names/star" xml:space="preserve">
              <source>star</source>
              <target>asterisco</target>
            </trans-unit>
          </body>
        </file>
        <file original="line" datatype="plaintext" source-language="en-US" target-language="es-ES">
          <body>
            <trans-unit id="prompt/hello" xml:space="preserve">
              <source>It is &lt;digits&gt;{last2}&lt;/digits&gt; &amp; &quot;more&quot;</source>
              <note>Keep {last2}.</note>
              <note>Recording: hello.wav</note>
            </trans-unit>
          </body>
        </file>
      </xliff>
      "
    `);
  });

  it('any texts come back byte for byte', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ source: anyText, target: anyText }), { minLength: 1 }), (texts) => {
        const units = texts.map((each, index) => unit({ prompt: `p${index}`, ...each }));
        const { from, to, units: back } = readXliff(writeXliff(translation(...units)));
        expect({ from, to }).toEqual({ from: 'en-US', to: 'es-ES' });
        expect(back.map(({ prompt, source, target }) => ({ prompt, source, target }))).toEqual(
          units.map(({ prompt, source, target }) => ({ prompt, source, target })),
        );
      }),
    );
  });

  it.each(['\u0007', '\ud800', '\uffff'])('is not written with %j, which XML does not know', (character) => {
    const bell = unit({ target: `a${character}b` });
    expect(() => writeXliff(translation(unit(), bell))).toThrow(
      'hello of line holds a control character, which XLIFF cannot; export CSV instead',
    );
  });
});

describe('a file that a tool has saved', () => {
  const targets = (xliff: string) =>
    readXliff(xliff).units.map(({ kind, prompt, variant, target }) => [kind, prompt, variant, target]);

  it.each([
    [
      'with states and its own attributes',
      '<trans-unit id="prompt/menu/ask" approved="yes"><source>What?</source><target state="final" xml:lang="es">¿Qué?</target></trans-unit>',
      [['prompt', 'menu', 'ask', '¿Qué?']],
    ],
    [
      'in segments',
      '<trans-unit id="prompt/hello"><source>A. B.</source><seg-source><mrk mtype="seg" mid="1">A. </mrk></seg-source><target><mrk mtype="seg" mid="1">A. </mrk><mrk mtype="seg" mid="2">B &amp; C.</mrk></target></trans-unit>',
      [['prompt', 'hello', null, 'A. B & C.']],
    ],
    [
      'with older translations beside',
      '<trans-unit id="message/sms"><source>S</source><target>Nuevo</target><alt-trans><target>Viejo</target></alt-trans></trans-unit>',
      [['message', 'sms', null, 'Nuevo']],
    ],
    [
      'in groups',
      '<group id="g"><trans-unit id="prompt/hello"><source>A</source><target>Uno</target></trans-unit></group>',
      [['prompt', 'hello', null, 'Uno']],
    ],
    [
      'with CDATA',
      '<trans-unit id="prompt/hello"><source>A</source><target><![CDATA[<digits>]]>1&lt;/digits&gt;</target></trans-unit>',
      [['prompt', 'hello', null, '<digits>1</digits>']],
    ],
    [
      'that nobody has translated yet',
      '<trans-unit id="prompt/hello"><source>A</source></trans-unit>',
      [['prompt', 'hello', null, '']],
    ],
  ])('%s', (_what, inside, expected) => {
    expect(targets(file(inside))).toEqual(expected);
  });

  it.each([
    ['as XLIFF 2.0', '<xliff version="2.0" srcLang="en-US"/>', 'it is XLIFF 2.0; save it as XLIFF 1.2'],
    ['as something else', '<html/>', 'it is no XLIFF: its root is <html>'],
    ['and cut short', file('<trans-unit id="prompt/hello"><source>A').slice(0, 250), 'it is not well-formed XML'],
    ['with a document type', '<!DOCTYPE xliff [<!ENTITY a "b">]><xliff version="1.2"/>', 'it has a DOCTYPE'],
    [
      'with placeholders in place of text',
      file('<trans-unit id="prompt/hello"><source>A</source><target>Hola <x id="1"/></target></trans-unit>'),
      'trans-unit "prompt/hello" of "line": its target holds <x>',
    ],
  ])('%s is refused', (_what, text, message) => {
    expect(() => readXliff(text)).toThrow(message);
  });

  it('in which the files are of several languages names none', () => {
    const two = file('').replace(
      '</xliff>',
      '<file original="b" source-language="en-US" target-language="fr-FR"/></xliff>',
    );
    expect(readXliff(two)).toEqual({ from: 'en-US', to: '', units: [] });
  });
});
