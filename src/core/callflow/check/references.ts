import { VERBS } from '../../blocks/index.ts';
import type { Callflow } from '../callflow.ts';
import type { Finding } from '../finding.ts';
import { similar } from '../similar.ts';
import type { YamlFile, YamlValue } from '../yaml.ts';

/** Every name that a callflow refers to exists: targets, the start, services; and `success` has an account to prove. */
export function checkReferences(callflow: Callflow, file: YamlFile): Finding[] {
  const targets = new Set([...callflow.blocks.keys(), ...Object.keys(callflow.exits), 'error']);
  const findings: Finding[] = [];
  const unknown = (
    what: string,
    written: string,
    options: { known: Iterable<string>; path: readonly PropertyKey[] },
  ): void => {
    const known = [...options.known].sort();
    const near = similar(written, known);
    findings.push({
      code: 'CF201',
      severity: 'error',
      message: `There is no ${what} named "${written}".${near === undefined ? '' : ` Did you mean "${near}"?`}`,
      fix: known.length === 0 ? 'There is none yet: add it.' : `Known: ${known.join(', ')}.`,
      at: file.place(options.path),
    });
  };
  if (!callflow.blocks.has(callflow.start))
    unknown('block', callflow.start, { known: callflow.blocks.keys(), path: ['start'] });
  for (const block of callflow.blocks.values()) {
    const site = { name: block.name, callflow };
    for (const to of new Set(Object.values(VERBS.get(block.verb)?.paths(block.body, site) ?? {}))) {
      if (targets.has(to)) continue;
      const at = ['blocks', block.name];
      const path = whereWritten(file.value, { under: at, wanted: to, but: block.verb });
      const setting = path ?? whereWritten(file.value, { under: ['settings'], wanted: to });
      unknown('block or exit', to, { known: targets, path: setting ?? at });
    }
    const service = (block.body as Record<string, unknown>)['find-methods'];
    if (typeof service === 'string' && !Object.hasOwn(callflow.services, service)) {
      unknown('service', service, {
        known: Object.keys(callflow.services),
        path: ['blocks', block.name, 'find-methods'],
      });
    }
  }
  for (const [name, exit] of Object.entries(callflow.exits)) {
    if (callflow.blocks.has(name)) {
      findings.push({
        code: 'CF202',
        severity: 'error',
        message: `"${name}" is the name of a block and of an exit.`,
        fix: 'Rename one of the two: targets are found by name.',
        at: file.placeOfKey(['exits', name]),
      });
    }
    if ('returns' in exit && exit.returns !== name) {
      findings.push({
        code: 'CF203',
        severity: 'error',
        message: `The exit "${name}" returns "${exit.returns}"; an exit returns its own name.`,
        fix: `Write \`returns: ${name}\`.`,
        at: file.place(['exits', name, 'returns']),
      });
    }
  }
  if (Object.hasOwn(callflow.exits, 'success') && callflow.account === null) {
    findings.push({
      code: 'CF204',
      severity: 'error',
      message: 'The exit "success" means that the account is verified, but the callflow does not say which account.',
      fix: 'Add `account: AccountNumber` (the variable that holds it) at the top.',
      at: file.placeOfKey(['exits', 'success']),
    });
  }
  return dedupe(findings);
}

/** The path of the place where a name stands as a value, for the caret; `but` is a key whose value is no target. */
function whereWritten(
  root: YamlValue,
  place: { readonly under: readonly PropertyKey[]; readonly wanted: string; readonly but?: string },
): readonly PropertyKey[] | null {
  const { under, wanted, but } = place;
  let value: YamlValue | undefined = root;
  for (const key of under) value = (value as Record<PropertyKey, YamlValue> | null | undefined)?.[key];
  if (value === wanted) return under;
  if (typeof value !== 'object' || value === null) return null;
  for (const key of Object.keys(value)) {
    if (key === but) continue;
    const found = whereWritten(root, { under: [...under, Array.isArray(value) ? Number(key) : key], wanted });
    if (found !== null) return found;
  }
  return null;
}

function dedupe(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = `${finding.code}|${finding.message}|${finding.at.line}:${finding.at.column}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}
