import { VERBS } from '../blocks/index.ts';
import type { Block, Callflow } from './callflow.ts';
import { mayUse, referencesIn, substitute } from './environment.ts';
import { explainIssues } from './explain-issue.ts';
import type { Finding } from './finding.ts';
import { callflowSchema } from './schema.ts';
import { similar } from './similar.ts';
import { builtinName, BUILTINS } from './builtin/index.ts';
import { withBuiltin } from './use.ts';
import { readYaml, type YamlFile, type YamlValue } from './yaml.ts';

export interface Source {
  /** As it should appear in findings, for example `callflows/main.yaml`. */
  readonly file: string;
  readonly text: string;
}

export interface LoadedCallflow {
  /** As the file says, also when it has errors; null when not even that can be read. */
  readonly name: string | null;
  readonly yaml: YamlFile;
  /** Null when there are errors. */
  readonly callflow: Callflow | null;
  readonly findings: readonly Finding[];
}

/**
 * Reads one callflow file by itself; whether its names lead anywhere is for the rules to say. Everything wrong with it
 * comes back as findings; it never throws for a bad file.
 */
export function loadCallflow(
  source: Source,
  environment: Readonly<Record<string, string | undefined>>,
  builtins: ReadonlyMap<string, string> = BUILTINS,
): LoadedCallflow {
  const written = readYaml(source.file, source.text);
  if (written.findings.length > 0) return { name: null, yaml: written, callflow: null, findings: written.findings };
  const { file, findings: misused } = withBuiltin(written, builtins);
  const findings = [...misused, ...unknownNames(file)];
  const name = isMap(file.value) && typeof file.value['callflow'] === 'string' ? file.value['callflow'] : null;
  const value = withEnvironment(file.value, environment);
  const parsed = callflowSchema.safeParse(value);
  if (!parsed.success) findings.push(...explainIssues(parsed.error.issues, { file, schema: callflowSchema, at: [] }));
  const blocks = loadBlocks(value, file, findings);
  if (!parsed.success) return { name, yaml: file, callflow: null, findings };

  const { data } = parsed;
  const callflow: Callflow = {
    name: data.callflow,
    title: data.title ?? data.callflow,
    uses: data.use === undefined ? null : builtinName(data.use),
    start: data.start,
    inputs: data.inputs,
    localeByNumber: data['locale-by-number'],
    account: data.account ?? null,
    settings: data.settings,
    services: data.services,
    exits: data.exits,
    blocks,
  };
  const broken = findings.some((finding) => finding.severity === 'error');
  return { name, yaml: file, callflow: broken ? null : callflow, findings };
}

function loadBlocks(value: YamlValue, file: YamlFile, findings: Finding[]): ReadonlyMap<string, Block> {
  const blocks = new Map<string, Block>();
  const written = isMap(value) && isMap(value['blocks']) ? value['blocks'] : {};
  for (const [name, body] of Object.entries(written)) {
    if (!isMap(body)) continue;
    const block = loadBlock(name, body, { file, findings });
    if (block !== null) blocks.set(name, block);
  }
  return blocks;
}

function loadBlock(
  name: string,
  body: { readonly [key: string]: YamlValue },
  into: { file: YamlFile; findings: Finding[] },
): Block | null {
  const { file, findings } = into;
  const at = ['blocks', name];
  const verbs = Object.keys(body).filter((key) => VERBS.has(key));
  const verb = verbs.length === 1 ? VERBS.get(verbs[0] ?? '') : undefined;
  if (verb === undefined) {
    const near = Object.keys(body).flatMap((key) => similar(key, VERBS.keys()) ?? [])[0];
    const several = verbs.length > 1;
    findings.push({
      code: 'CF104',
      severity: 'error',
      message: several
        ? `The block "${name}" has ${verbs.length} verbs: ${verbs.join(', ')}. A block does one thing.`
        : `The block "${name}" has no verb.${near === undefined ? '' : ` Did you mean "${near}"?`}`,
      fix: several
        ? 'Split it into one block for each, joined by `next`.'
        : `Verbs: ${[...VERBS.keys()].sort().join(', ')}.`,
      at: file.placeOfKey(at),
    });
    return null;
  }
  const parsed = verb.schema.safeParse(body);
  if (parsed.success) return { name, verb: verb.name, body: parsed.data };
  findings.push(...explainIssues(parsed.error.issues, { file, schema: verb.schema, at }));
  return null;
}

/** `${NAME}` with a name that callflows may not read. */
function unknownNames(file: YamlFile): Finding[] {
  const findings: Finding[] = [];
  walkTexts(file.value, [], (text, path) => {
    for (const name of referencesIn(text)) {
      if (mayUse(name)) continue;
      findings.push({
        code: 'CF105',
        severity: 'error',
        message: `"\${${name}}" cannot be used in a callflow.`,
        fix: 'Callflows may use AGENT_NUMBER, the service URLs, and names of your own that start with CALLFLOW_.',
        at: file.place(path),
      });
    }
  });
  return findings;
}

function withEnvironment(value: YamlValue, environment: Readonly<Record<string, string | undefined>>): YamlValue {
  if (typeof value === 'string') return substitute(value, environment);
  if (Array.isArray(value)) return value.map((item: YamlValue) => withEnvironment(item, environment));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withEnvironment(inner, environment)]));
}

/** Every text of a file with its path. */
export function walkTexts(
  value: YamlValue,
  path: readonly PropertyKey[],
  visit: (text: string, path: readonly PropertyKey[]) => void,
): void {
  if (typeof value === 'string') visit(value, path);
  else if (Array.isArray(value)) value.forEach((item: YamlValue, index) => walkTexts(item, [...path, index], visit));
  else if (isMap(value)) for (const [key, inner] of Object.entries(value)) walkTexts(inner, [...path, key], visit);
}

function isMap(value: YamlValue | undefined): value is { readonly [key: string]: YamlValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
