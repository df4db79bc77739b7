import fc from 'fast-check';

/** What files for translators break on most easily: markup, quotes, separators, line breaks, other scripts. */
const PIECES: readonly string[] = [
  '{digits}',
  '<digits>{last2}</digits>',
  '{n, plural, one {# x} other {# y}}',
  '&amp;',
  ']]>',
  '<!--',
  '\r\n',
  'שלום',
  ...Array.from('\'"&<>\n\r\t ,;=+-@é漢😀|#:\\\u200f\u2028\u0085\ufeff'),
];

export const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom(...PIECES)).map((parts) => parts.join('')),
);
