import { z } from 'zod';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `2500ms`, `20s`, `5m`, `1h`; null for anything else. */
export function readDuration(text: string): number | null {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)$/.exec(text.trim());
  const unit = match?.[2] === undefined ? undefined : UNITS[match[2]];
  return match === null || unit === undefined ? null : Math.round(Number(match[1]) * unit);
}

/** The shortest spelling of milliseconds: `5m`, `20s`, `2500ms`. */
export function formatDuration(ms: number): string {
  for (const unit of ['h', 'm', 's'] as const) {
    const size = UNITS[unit] ?? 1;
    if (ms >= size && ms % size === 0) return `${ms / size}${unit}`;
  }
  return `${ms}ms`;
}

/**
 * A duration with its unit, within bounds (milliseconds). A bare number is refused and told which unit was probably
 * meant (D9); a bare 0 needs none.
 */
export function duration(bounds: { readonly least: number; readonly most: number; readonly usually: 's' | 'm' }) {
  return z.union([z.string(), z.number()]).transform((written, context) => {
    const ms = written === 0 || written === '0' ? 0 : readDuration(String(written));
    const refuse = (message: string): never => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    if (ms === null) {
      const bare = /^\d+$/.test(String(written));
      return refuse(
        bare
          ? `${written} has no unit. Write ${written}${bounds.usually} for ${written} ${bounds.usually === 's' ? 'seconds' : 'minutes'} (ms, s, m, h).`
          : `"${written}" is not a length of time. Write a number with its unit: 20s, 5m, 2500ms.`,
      );
    }
    if (ms < bounds.least || ms > bounds.most) {
      return refuse(
        `${written} is outside what is possible here: ${formatDuration(bounds.least)} to ${formatDuration(bounds.most)}.`,
      );
    }
    return ms;
  });
}
