import type { Given } from '../../../core/scenario/scenario-schema.ts';

/** First digits of the demo company's accounts that are there for many calls at once, by what their customers have. */
const SERIES: Readonly<Record<string, string>> = { email: '9', 'email,sms': '8', sms: '7', '': '6' };
const IN_SERIES = 1_000_000;

/** One of the demo company's customers who can be reached as the one of a scenario; null where it has none. */
export function demoAccount(given: Given, n: number): string | null {
  const series = SERIES[methodsIn(given).join()];
  return series === undefined ? null : `${series}${String(n % IN_SERIES).padStart(6, '0')}`;
}

export function methodsIn({ customer = {} }: Given): readonly string[] {
  return Object.keys(customer).sort();
}
