import type { Rule } from '../core/scenario/scenario-schema.ts';
import type { CallEar } from './call-ear.ts';
import type { ArrivedCode, CallSum } from './stage.ts';

export interface AfterCall {
  readonly sum: CallSum;
  readonly codes: readonly ArrivedCode[];
  readonly ear: CallEar;
  /** The caller entered a code that had come. */
  readonly knewCode: boolean;
}

/** The first rule that does not hold after a call; null where all do. */
export function brokenRule(
  rules: readonly Rule[],
  call: AfterCall,
): { readonly index: number; readonly expected: string; readonly instead: string } | null {
  for (const [index, rule] of rules.entries()) {
    const instead = broken(rule, call);
    if (instead !== null) return { index, expected: `always: ${ruleText(rule)}`, instead };
  }
  return null;
}

export function ruleText(rule: Rule): string {
  if (typeof rule === 'string') return rule;
  if ('ends' in rule) return `ends: [${rule.ends.join(', ')}]`;
  const [name = '', limit] = Object.entries(rule)[0] ?? [];
  return `${name}: { at-most: ${(limit as { readonly 'at-most': number })['at-most']} }`;
}

function broken(rule: Rule, { sum, codes, ear, knewCode }: AfterCall): string | null {
  if (rule === 'code-is-never-spoken-here') {
    const spoken = ear.all.find((sentence) => codes.some(({ code }) => sentence.speaks(code)));
    return spoken === undefined ? null : `A code was spoken by ${spoken.prompts[0] ?? 'a prompt'}.`;
  }
  if (rule === 'success-needs-a-code')
    return sum.exit === 'success' && (sum.grants === 0 || !knewCode)
      ? 'The call left by "success", and no right code was entered.'
      : null;
  if ('ends' in rule)
    return sum.exit === null || sum.exit === '' || rule.ends.includes(sum.exit)
      ? null
      : `The call left by "${sum.exit}".`;
  if ('attempts-per-code' in rule)
    return sum.sends === null ? null : tooMany(sum.attempts, rule['attempts-per-code']['at-most'] * sum.sends);
  if ('attempts' in rule) return tooMany(sum.attempts, rule.attempts['at-most']);
  // What has come was sent, whoever counts.
  const came = codes.filter(({ method }) => method !== 'authenticator').length;
  return tooMany(sum.sends === null ? null : Math.max(sum.sends, came), rule.sends['at-most']);
}

function tooMany(counted: number | null, most: number): string | null {
  return counted === null || counted <= most ? null : `There ${counted === 1 ? 'was' : 'were'} ${counted}.`;
}
