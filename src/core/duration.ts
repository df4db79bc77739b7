import { z } from 'zod';

/** Milliseconds of a day. */
export const DAY = 86_400_000;

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: DAY } as const;
type Unit = keyof typeof UNITS;

const NAMES: Readonly<Record<Unit, string>> = {
  ms: 'milliseconds',
  s: 'seconds',
  m: 'minutes',
  h: 'hours',
  d: 'days',
};
const NOT_A_DURATION = 'Write a number with its unit: 20s, 5m, 2500ms.';

/** Milliseconds of `2500ms`, `20s`, `5m`, `1h`, `30d`; null for anything else. */
export function readDuration(text: string): number | null {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/.exec(text.trim());
  return match === null ? null : Math.round(Number(match[1]) * UNITS[match[2] as Unit]);
}

/** The shortest spelling of milliseconds: `5m`, `20s`, `2500ms`. */
export function formatDuration(ms: number): string {
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const size = UNITS[unit];
    if (ms >= size && ms % size === 0) return `${ms / size}${unit}`;
  }
  return `${ms}ms`;
}

/**
 * A duration with its unit, within bounds (milliseconds). A bare number is refused and told which unit was probably
 * meant (D9); a bare 0 needs none.
 */
export function duration(bounds: Bounds) {
  const written = z.union([z.string(), z.number()], { error: NOT_A_DURATION });
  return written
    .transform((value, context) => {
      const text = String(value).trim();
      const ms = text === '0' ? 0 : readDuration(text);
      const refuse = (message: string): never => {
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      };
      if (ms === null) {
        if (!/^\d+(?:\.\d+)?$/.test(text))
          return refuse(`"${text}" is not a length of time. ${inOurUnits(text) ?? NOT_A_DURATION}`);
        const unit = meant(text, bounds);
        return refuse(`${text} has no unit. Write ${text}${unit} for ${text} ${NAMES[unit]} (${unitsWithin(bounds)}).`);
      }
      if (ms < bounds.least || ms > bounds.most) {
        return refuse(
          `${text} is outside what is possible here: ${formatDuration(bounds.least)} to ${formatDuration(bounds.most)}.`,
        );
      }
      return ms;
    })
    .meta({ duration: bounds });
}

export interface Bounds {
  /** Milliseconds. */
  readonly least: number;
  readonly most: number;
  readonly usually: Unit;
}

/** The units that a length of time within these bounds may have. */
export function unitsWithin({ most }: Bounds): string {
  return most < DAY ? 'ms, s, m, h' : 'ms, s, m, h, d';
}

/** The unit that a bare number was probably meant in: the usual one where that is possible, else one that is. */
function meant(text: string, bounds: Bounds): Unit {
  const possible = ([bounds.usually, 's', 'ms', 'm', 'h', 'd'] as const).find((unit) => {
    const ms = Number(text) * UNITS[unit];
    return ms >= bounds.least && ms <= bounds.most;
  });
  return possible ?? bounds.usually;
}

/** `5 minutes`, `1m30s` and `20 SEC` as they are written here. */
function inOurUnits(text: string): string | null {
  const parts = [...text.toLowerCase().matchAll(/(\d{1,9}(?:\.\d{1,3})?) ?(ms|s|m|h|d)[a-z]*\.?/g)];
  const isAll = parts.map(([whole]) => whole).join('') === text.toLowerCase().replaceAll(/ (?=\d)|,/g, '');
  const ms = parts.reduce((sum, [, count, unit]) => sum + Math.round(Number(count) * UNITS[unit as Unit]), 0);
  return isAll && ms > 0 ? `Write ${formatDuration(ms)}.` : null;
}
