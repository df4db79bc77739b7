import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Document, Scalar } from 'yaml';
import { readYaml } from '../../../src/core/callflow/yaml.ts';

const STYLES = ['PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'] as const;

/** A file with one text, as the library itself writes it. */
function fileWith(text: string, style: (typeof STYLES)[number]): string {
  const scalar = new Scalar(text);
  scalar.type = style;
  return new Document({ prompts: { greeting: scalar } }).toString({ lineWidth: 0 });
}

/** What stands in the file at the place of a character of the text. */
function reading(file: string): (character: number) => string {
  const yaml = readYaml('x.yaml', file);
  return (character) => {
    const { line, column } = yaml.placeIn(['prompts', 'greeting'], character);
    return file.split('\n')[line - 1]?.slice(column - 1) ?? '';
  };
}

describe('the place of a character inside a text', () => {
  it.each([
    ['without quotes', 'greeting: Hello {name}.', '{name}.'],
    ['in double quotes', 'greeting: "Hello {name}."', '{name}."'],
    ['after what is escaped', String.raw`greeting: "\"Hell\u00f3\" \x41, {name}."`, '{name}."'],
    ['in single quotes', "greeting: 'Hello, l''ami {name}.'", "{name}.'"],
    ['in a block', 'greeting: |\n    Hello,\n\n      dear {name}.\n    Bye.', '{name}.'],
    ['in a block with Windows line ends', 'greeting: |\r\n    Hello,\r\n    dear {name}.\r\n    Bye.', '{name}.\r'],
    ['in a block whose indentation is written', 'greeting: |2-\n      Hello {name}.', '{name}.'],
    ['with a comment behind', 'greeting: Hello {name}. # by name', '{name}. # by name'],
  ])('%s', (_what, written, rest) => {
    const file = `prompts:\n  ${written}\n`;
    const { prompts } = readYaml('x.yaml', file).value as { prompts: { greeting: string } };
    expect(reading(file)(prompts.greeting.indexOf('{name}'))).toBe(rest);
  });

  it.each([
    ['folded over lines', 'greeting: >\n    Hello\n    {name}.', '>'],
    ['over lines without quotes', 'greeting: Hello\n    {name}.', 'Hello'],
    ['over lines in quotes', 'greeting: "Hello\n    {name}."', '"Hello'],
  ])('is the beginning of one that is %s', (_what, written, beginning) => {
    expect(reading(`prompts:\n  ${written}\n`)(6)).toBe(beginning);
  });

  it('of a text that does not stand there is that of what is nearest', () => {
    expect(reading('prompts:\n  hello: Hello.\n')(3)).toBe('hello: Hello.');
  });

  it.each(STYLES)('is right for every character, or the beginning: %s', (style) => {
    const line = fc.stringMatching(/^[\w {}<>'"\\é😀.,:#-]{1,12}$/u);
    const text = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, (written) => {
        const file = fileWith(written, style);
        // The library writes some texts in a style that they cannot be read in.
        fc.pre(JSON.stringify(readYaml('x.yaml', file).value) === JSON.stringify({ prompts: { greeting: written } }));
        const at = reading(file);
        const beginning = at(0);
        for (const [character, mark] of [...written.matchAll(/[\w{}<>.,é😀]/gu)].map(
          (each) => [each.index, each[0]] as const,
        )) {
          const there = at(character);
          const isBeginning = there === beginning && (written.includes('\n') || beginning.startsWith('>'));
          expect({ written, character, there, right: isBeginning || there.startsWith(mark) }).toMatchObject({
            right: true,
          });
        }
      }),
    );
  });
});
