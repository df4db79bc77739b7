import { inQuotes } from '../quote.ts';
import type { Trap } from '../trap.ts';

/** `&name` and `<<`: what YAML has to repeat parts of a file. */
export const anchors: Trap = {
  inWords: (page) => {
    const token = page.tokens.find(({ kind, text }) => kind === 'anchor' || (kind === 'plain' && text === '<<'));
    if (token === undefined) return null;
    const { kind, text, offset } = token;
    return {
      code: 'CF018',
      offset,
      length: text.length,
      message: `"${text}" is YAML's way to repeat a part of a file, which callflows do not use.`,
      fix: kind === 'anchor' ? instead(page.restOfText(offset)) : 'Write the names and values out in its place.',
    };
  },
};

function instead(written: string): string {
  const again = 'Write the part again where it is needed.';
  const isText = /^[^{[]/.test(written.replace(/^&\S*\s*/, ''));
  return isText ? `${again} Put a text that begins with & in quotes: ${inQuotes(written)}` : again;
}
