import { isMap, isSeq, parseDocument } from 'yaml';
import type { Draft } from './draft.ts';

const WIDEST = 110;

/** A scenario as an item of a scenario file. */
export function scenarioText(name: string, { given, call, hears, ends }: Draft): string {
  const steps = hears === null ? call : [...call, { hears }];
  const all = steps.map(flow);
  const short = `    call: [ ${all.join(', ')} ]`;
  const long = ['    call:', ...all.map((step) => `      - ${step.replace(/^\{ (.*) \}$/, '$1')}`)];
  return [
    `  - name: ${plainName(name)}`,
    ...(Object.keys(given).length === 0 ? [] : [`    given: ${flow(given)}`]),
    ...(short.length > WIDEST ? long : [short]),
    ...(ends === null ? [] : [`    ends: ${ends}`]),
    '',
  ].join('\n');
}

/** An empty scenario file, which scenarios are added to. */
export function newScenarioFile(callflow: string): string {
  return `callflow: ${callflow}\n\nscenarios:\n`;
}

/**
 * A scenario file with more scenarios at the end of its list; all else stays as it was written. Null where the list is
 * not written line by line.
 */
export function withScenarios(file: string, scenarios: readonly string[]): string | null {
  const { contents } = parseDocument(file);
  const list = isMap(contents) ? contents.get('scenarios', true) : undefined;
  if (!isSeq(list)) return /^scenarios:[ \t]*\n*$/m.test(file) ? `${file}${scenarios.join('\n')}` : null;
  const [begin = 0, end = 0] = list.range ?? [];
  const lineBegin = file.lastIndexOf('\n', begin - 1) + 1;
  if (list.flow === true || !/^ *$/.test(file.slice(lineBegin, begin))) return null;
  const indent = ' '.repeat(begin - lineBegin);
  const added = scenarios.map((each) => each.replaceAll(/^ {2}(?=.)/gm, indent));
  const [before, behind] = [file.slice(0, end).trimEnd(), file.slice(end)];
  return `${before}\n\n${added.join('\n')}${behind.trim() === '' ? '' : `\n${behind.trimStart()}`}`;
}

function plainName(name: string): string {
  return /^[A-Z][\w ,.()-]*$/.test(name) ? name : JSON.stringify(name);
}

/** On one line. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => `${plain(key)}: ${flow(inner)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return typeof value === 'string' ? plain(value) : String(value);
}

/** Without quotes where YAML reads it as the same text, or as a number that is the same text again. */
function plain(text: string): string {
  const bare = /^[A-Za-z][\w@.-]*$|^(?:0|[1-9]\d{0,14}[sm]?)$/;
  return bare.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text) ? text : JSON.stringify(text);
}
