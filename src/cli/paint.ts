import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/** Colours a text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** Colour where the output is a terminal that wants it (NO_COLOR). */
export function paintFor(stream: NodeJS.WritableStream): Paint {
  return (style, text) => styleText(style, text, { stream, validateStream: true });
}

/** For files, and for whoever else wants no colour. */
export const PLAIN: Paint = (_style, text) => text;

/** A line of a printed finding: its frame goes back, its caret stands out. */
export function paintFrame(line: string, paint: Paint): string {
  return line
    .replace(/^ +\d* +\|(?= |$)/, (edge) => paint('dim', edge))
    .replace(/(?<= )\^+$/, (caret) => paint('red', caret));
}
