import type { z } from 'zod';
import { namesOutcomes } from '../blocks/outcomes.ts';
import type { Block, Callflow } from './callflow.ts';
import { mayUse, referencesIn, substitute } from './environment.ts';
import { explainIssues } from './explain-issue.ts';
import { putInPlace } from './explain/out-of-place.ts';
import type { Subject } from './explain/subject.ts';
import { MOST_FINDINGS, type Finding } from './finding.ts';
import { name } from './names.ts';
import { readAs } from './read-as.ts';
import { callflowSchema } from './schema.ts';
import { builtinName, BUILTINS } from './builtin/index.ts';
import { withBuiltin } from './use.ts';
import { verbOf } from './which-verb.ts';
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
  const read = readYaml(source.file, source.text);
  if (read.findings.length > 0) return { name: null, yaml: read, callflow: null, findings: read.findings };
  const { file, findings: misused } = withBuiltin(read, builtins);
  const { written, findings: strays } = putInPlace(file);
  const findings = [...misused, ...unknownNames(file), ...strays];
  const called = isMap(written) && typeof written['callflow'] === 'string' ? written['callflow'] : null;
  const value = withEnvironment(written, environment);
  const subject = { file, written, refused: refusedNames(written) };
  const parsed = readAs(callflowSchema, value);
  if (!parsed.success)
    findings.push(...explainIssues(ownIssues(parsed.error.issues), { ...subject, schema: callflowSchema, at: [] }));
  const blocks = loadBlocks(value, subject, findings);
  if (!parsed.success || strays.length > 0)
    return { name: called, yaml: file, callflow: null, findings: oneOfEachPlace(findings) };

  const { data } = parsed;
  const callflow: Callflow = {
    name: data.callflow,
    title: data.title ?? data.callflow,
    uses: data.use === undefined ? null : builtinName(data.use),
    start: data.start,
    inputs: data.inputs,
    localeByNumber: data['locale-by-number'],
    account: data.account ?? null,
    signIn: data['sign-in'] ?? null,
    settings: data.settings,
    services: data.services,
    exits: data.exits,
    blocks,
  };
  const broken = findings.some((finding) => finding.severity === 'error');
  return { name: called, yaml: file, callflow: broken ? null : callflow, findings: oneOfEachPlace(findings) };
}

/** Where the callflow to be used is not there, what it would have brought is not missing from the file. */
function ownIssues(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  const isUse = issues.some(({ path }) => path[0] === 'use');
  return issues.filter(({ path }) => !(isUse && path.length === 1 && (path[0] === 'start' || path[0] === 'blocks')));
}

/** Names that blocks and exits are given and cannot have. */
function refusedNames(written: YamlValue): ReadonlySet<string> {
  const given = ['blocks', 'exits'].flatMap((key) => {
    const place = isMap(written) ? written[key] : undefined;
    return isMap(place) ? Object.keys(place) : [];
  });
  return new Set(given.filter((each) => !name.safeParse(each).success));
}

/** What else is wrong with a place mostly follows from the first. */
function oneOfEachPlace(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ at }) => {
    const place = `${at.line}:${at.column}`;
    return !seen.has(place) && seen.add(place) !== undefined;
  });
}

type Read = Pick<Subject, 'file' | 'written' | 'refused'>;

function loadBlocks(value: YamlValue, subject: Read, findings: Finding[]): ReadonlyMap<string, Block> {
  const blocks = new Map<string, Block>();
  const bodies = isMap(value) && isMap(value['blocks']) ? value['blocks'] : {};
  for (const [name, body] of Object.entries(bodies)) {
    if (findings.length >= MOST_FINDINGS) break;
    if (!isMap(body)) continue;
    const block = loadBlock(name, body, { subject, findings });
    if (block !== null) blocks.set(name, block);
  }
  return blocks;
}

function loadBlock(
  name: string,
  body: { readonly [key: string]: YamlValue },
  into: { readonly subject: Read; readonly findings: Finding[] },
): Block | null {
  const { subject, findings } = into;
  const at = ['blocks', name];
  const verb = verbOf(name, body, subject.file);
  if ('code' in verb) {
    findings.push(verb);
    return null;
  }
  const outcomes = namesOutcomes(body) ? verb.outcomes : undefined;
  const { schema } = outcomes ?? verb;
  const parsed = readAs(schema, body);
  if (parsed.success)
    return { name, verb: verb.name, body: parsed.data, ...(outcomes === undefined ? {} : { outcomes: true }) };
  findings.push(...explainIssues(parsed.error.issues, { ...subject, schema, at }));
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
