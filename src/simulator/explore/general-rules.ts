import { VERBS } from '../../core/blocks/index.ts';
import type { Flow } from '../../core/callflow/compile.ts';
import type { Library } from '../../core/call/world.ts';
import type { Rule } from '../../core/scenario/scenario-schema.ts';
import { ruleText } from '../rules.ts';

/** The callflow, and all that its links lead to. */
export function flowsFrom(library: Library, callflow: string): readonly Flow[] {
  const found = new Map<string, Flow>();
  const visit = (name: string): void => {
    const flow = library.flow(name);
    if (flow === undefined || found.has(name)) return;
    found.set(name, flow);
    for (const { verb, body } of flow.callflow.blocks.values()) {
      const kind = VERBS.get(verb)?.kind;
      if (kind?.does === 'link') visit(kind.callflow(body));
    }
  };
  visit(callflow);
  return [...found.values()];
}

/** What holds in every call, whatever its file says: the limits are those that the callflows set themselves. */
export function generalRules(flows: readonly Flow[]): readonly Rule[] {
  const limits = flows.map(({ callflow }) => callflow.settings.limits);
  const sends = Math.max(0, ...limits.map((each) => each.sends.most));
  const perCode = Math.max(0, ...limits.map((each) => each['attempts-per-code'].most));
  return [
    { sends: { 'at-most': sends } },
    { 'attempts-per-code': { 'at-most': perCode } },
    'success-needs-a-code',
    'code-is-never-spoken-here',
  ];
}

/**
 * What all files of a callflow agree on, the widest where they differ: a file about one theme may say more of its own
 * calls than is so of every call.
 */
export function agreedRules(files: readonly (readonly Rule[])[]): readonly Rule[] {
  const [first = [], ...others] = files;
  return first.flatMap((rule) => {
    const same = others.map((rules) => rules.find((each) => kindOf(each) === kindOf(rule)));
    return same.includes(undefined) ? [] : [same.reduce<Rule>((widest, each) => wider(widest, each ?? widest), rule)];
  });
}

/** Each rule once. */
export function distinctRules(rules: readonly Rule[]): readonly Rule[] {
  return [...new Map(rules.map((rule) => [ruleText(rule), rule])).values()];
}

function kindOf(rule: Rule): string {
  return typeof rule === 'string' ? rule : (Object.keys(rule)[0] ?? '');
}

/** Of two rules of one kind. */
function wider(one: Rule, other: Rule): Rule {
  if (typeof one === 'string' || typeof other === 'string') return one;
  if ('ends' in one && 'ends' in other) return { ends: [...new Set([...one.ends, ...other.ends])] };
  return mostOf(other) > mostOf(one) ? other : one;
}

function mostOf(rule: Exclude<Rule, string>): number {
  const [limit] = Object.values(rule) as readonly { readonly 'at-most'?: number }[];
  return limit?.['at-most'] ?? 0;
}
