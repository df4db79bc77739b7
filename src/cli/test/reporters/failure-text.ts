import { frame } from '../../../core/callflow/frame.ts';
import type { Played } from '../../../simulator/record.ts';
import { maskOf } from '../../../simulator/trace/mask.ts';
import { wrap, type Look } from '../../call/screen.ts';
import { paintFrame } from '../../paint.ts';
import { transcriptLines } from './call-transcript.ts';
import { differenceOf, type DifferenceLine } from './difference.ts';
import { oneLine } from './one-line.ts';

const INDENT = '  ';

/** Why a scenario failed, without any code: in short. */
export interface Reason {
  readonly expected: string;
  readonly instead: string;
  readonly fix: string;
}

export function reasonOf({ failure, codes }: Played): Reason {
  const mask = maskOf(codes);
  const { expected = '', instead = '', fix = '' } = failure ?? {};
  return { expected: oneLine(expected), instead: oneLine(mask.text(instead)), fix: oneLine(mask.text(fix)) };
}

/** Where it stands in its file: the place of the failure, or of the scenario. */
export function placeOf({ failure, at }: Played): string {
  const { file, line, column } = failure?.at ?? at;
  return `${oneLine(file)}:${line}:${column}`;
}

/** Everything that is known about a failure: the line of the scenario, what was heard instead, the call, the difference. */
export function failureLines(
  played: Played,
  { source, ...look }: Look & { readonly source: string | undefined },
): readonly string[] {
  const { failure } = played;
  if (failure === undefined) return [];
  const { paint } = look;
  const inner = { ...look, width: look.width - INDENT.length };
  const { expected, instead, fix } = reasonOf(played);
  const parts = [
    [
      ...wrap(`expected ${expected}`, inner.width).map((line) => paint('red', line)),
      ...[instead, fix].filter((text) => text !== '').flatMap((text) => wrap(text, inner.width)),
    ],
    transcriptLines(played, { ...inner, mask: maskOf(played.codes) }),
    differenceLines(differenceOf(played), inner),
  ];
  return [
    `${paint('bold', placeOf(played))}  ${oneLine(played.name)}`,
    ...(source === undefined ? [] : frame(failure.at, source)).map((line) => paintFrame(line, paint)),
    ...parts.flatMap((lines, index) => [
      ...(index > 0 && lines.length > 0 ? [''] : []),
      ...lines.map((line) => `${INDENT}${line}`.trimEnd()),
    ]),
  ];
}

const COLOURS = { '-': 'red', '+': 'green', ' ': 'dim' } as const;

function differenceLines(difference: readonly DifferenceLine[], { paint }: Look): readonly string[] {
  if (difference.length === 0) return [];
  return [
    'Prompts: - named by the scenario, + heard',
    ...difference.map(({ sign, prompt }) => paint(COLOURS[sign], `${sign} ${oneLine(prompt)}`)),
  ];
}
