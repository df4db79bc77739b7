import { formatDuration } from '../core/duration.ts';
import type { Step } from '../core/scenario/scenario-schema.ts';

/** A step as it is written in a scenario. */
export function stepText(step: Step): string {
  if (typeof step === 'string') return step;
  const [name = '', value] = Object.entries(step)[0] ?? [];
  return `${name}: ${typeof value === 'number' && (name === 'silent' || name === 'later') ? formatDuration(value) : String(value)}`;
}
