import { KEPT, type Rows } from '../../core/contracts/store.ts';

/** What the rows of each kind are, for operators. */
const WORDS: Readonly<Record<keyof Rows, string>> = {
  calls: 'names of calls',
  turns: 'webhooks and their replies',
  tasks: 'held tasks',
  charges: 'charges of sends and attempts',
  challenges: 'codes',
  code_calls: 'calls that tell codes',
  grants: 'grants',
  audit: 'events of the audit trail',
  budgets: 'counts of budgets',
  authenticators: 'authenticators',
  libraries: 'versions of callflows and prompts',
  devices: 'remembered devices',
  device_tokens: 'tokens of devices',
  sign_ins: 'web sign-ins',
};

/** A table of what went and what is left. */
export function purged(gone: Rows, left: Rows): string {
  const rows = [['removed', 'left', ''], ...KEPT.map((kept) => [String(gone[kept]), String(left[kept]), WORDS[kept]])];
  return (
    rows
      .map(([one = '', two = '', what = '']) => `${one.padStart(9)}${two.padStart(9)}  ${what}`.trimEnd())
      .join('\n') + '\n'
  );
}
