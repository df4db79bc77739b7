import type { Rule } from '../core/scenario/scenario-schema.ts';
import type { CallEar } from './call-ear.ts';
import type { ArrivedCode, CallSum } from './stage.ts';

export interface AfterCall {
  readonly sum: CallSum;
  readonly codes: readonly ArrivedCode[];
  readonly ear: CallEar;
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

function broken(rule: Rule, { sum, codes, ear }: AfterCall): string | null {
  if (rule === 'code-is-never-spoken-here') {
    const spoken = ear.all.find(({ text }) => codes.some(({ code }) => text.replaceAll(' ', '').includes(code)));
    return spoken === undefined ? null : `A code was spoken by ${spoken.prompts[0] ?? 'a prompt'}.`;
  }
  if (rule === 'success-needs-a-code')
    return sum.exit === 'success' && sum.grants === 0
      ? 'The call left by "success", and no right code was entered.'
      : null;
  if ('ends' in rule)
    return sum.exit === null || sum.exit === '' || rule.ends.includes(sum.exit)
      ? null
      : `The call left by "${sum.exit}".`;
  const [name, limit] = 'sends' in rule ? (['sends', rule.sends] as const) : (['attempts', rule.attempts] as const);
  const counted = sum[name];
  return counted === null || counted <= limit['at-most'] ? null : `There ${counted === 1 ? 'was' : 'were'} ${counted}.`;
}
