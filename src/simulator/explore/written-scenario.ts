import { formatDuration } from '../../core/duration.ts';
import type { Given } from '../../core/scenario/scenario-schema.ts';
import { stepText } from '../step-text.ts';
import type { Found } from './explorer.ts';

const PLAIN = /^[A-Za-z][\w.-]*$/;

/** A found call as a file of scenarios. `at`: what was heard before each step; it stands beside it. */
export function writtenScenario(
  { callflow, rule, instead, given, steps }: Found,
  { by, at }: { readonly by: string; readonly at: readonly (string | null)[] },
): string {
  const always = /^always: (.*)$/s.exec(rule)?.[1];
  const lines = [
    `# Found by ${by}.`,
    `# ${rule.replace(/^always: /, '')}: ${instead.replaceAll(/\s+/g, ' ')}`,
    `callflow: ${callflow}`,
    ...(always === undefined ? [] : [`always: [ ${always.includes(': ') ? `{ ${always} }` : always} ]`]),
    'scenarios:',
    `  - name: ${quoted(nameOf(rule))}`,
    ...givenLines(given),
    '    call:',
    ...(steps.length === 0 ? ['hangs-up' as const] : steps).map((step, index) => {
      const written = `      - ${stepText(step)}`;
      const heard = at[index] ?? null;
      return heard === null ? written : `${written.padEnd(30)} # at ${heard}`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function nameOf(rule: string): string {
  return `Found: ${rule.replace(/^always: /, '')}`;
}

function givenLines(given: Given): readonly string[] {
  const { customer, inputs, services, breaks, dial, from, to } = given;
  const fixtures = Object.entries(services).map(([name, { delay, ...rest }]) => [
    name,
    flow({ ...rest, ...(delay === undefined ? {} : { delay: formatDuration(delay) }) }),
  ]);
  const parts = [
    ...(customer === undefined ? [] : [['customer', flow(customer)]]),
    ...(Object.keys(given['sends-fail']).length === 0 ? [] : [['sends-fail', flow(given['sends-fail'])]]),
    ...(breaks.length === 0 ? [] : [['breaks', `[${breaks.join(', ')}]`]]),
    ...(dial === 'completed' ? [] : [['dial', dial]]),
    ...(Object.keys(inputs).length === 0 ? [] : [['inputs', flow(inputs)]]),
    ...(from === undefined ? [] : [['from', quoted(from)]]),
    ...(to === undefined ? [] : [['to', quoted(to)]]),
    ...(fixtures.length === 0 ? [] : [['services', map(fixtures.map(([name, value]) => `${name}: ${value}`))]]),
  ];
  return parts.length === 0 ? [] : ['    given:', ...parts.map(([name, value]) => `      ${name}: ${value}`)];
}

function flow(values: object): string {
  return map(Object.entries(values).map(([name, value]) => `${name}: ${quoted(value)}`));
}

function map(entries: readonly string[]): string {
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function quoted(value: unknown): string {
  return typeof value === 'string' && !PLAIN.test(value) ? JSON.stringify(value) : String(value);
}
