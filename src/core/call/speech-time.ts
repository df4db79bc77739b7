import type { SpeechPart } from './verbs.ts';

const MS_PER_LETTER = 60;
const MS_PER_SYMBOL = 400;
const SLOWER = 1.3;

/** Estimated milliseconds that speech lasts: about 170 words a minute, single digits and letters more slowly. */
export function speechMs(parts: readonly SpeechPart[]): number {
  let total = 0;
  for (const part of parts) total += partMs(part);
  return total;
}

function partMs(part: SpeechPart): number {
  if (part.kind === 'slow') return speechMs(part.parts) * SLOWER;
  if (part.kind === 'pause') return part.ms;
  return part.text.length * (part.kind === 'text' ? MS_PER_LETTER : MS_PER_SYMBOL);
}
