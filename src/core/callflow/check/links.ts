import { VERBS } from '../../blocks/index.ts';
import type { Callflow } from '../callflow.ts';
import type { Finding } from '../finding.ts';
import { similar } from '../similar.ts';
import type { YamlFile } from '../yaml.ts';

/** The other callflows, as far as they could be read. */
export interface Others {
  readonly read: ReadonlyMap<string, Callflow>;
  /** Whether a callflow of this name may be among the files that could not be read. */
  mayBeUnread(name: string): boolean;
}

/** Links lead to callflows that exist, name exits that these have, and leave none of their returns open (G55, D14). */
export function checkLinks(
  callflow: Callflow,
  others: Others,
  file: Pick<YamlFile, 'place' | 'placeOfKey'>,
): Finding[] {
  const { read: all } = others;
  const findings: Finding[] = [];
  for (const block of callflow.blocks.values()) {
    const kind = VERBS.get(block.verb)?.kind;
    if (kind?.does !== 'link') continue;
    const wanted = kind.callflow(block.body);
    const linked = all.get(wanted);
    const at = ['blocks', block.name];
    if (linked === undefined && others.mayBeUnread(wanted)) continue;
    if (linked === undefined) {
      const near = similar(wanted, all.keys());
      findings.push({
        code: 'CF205',
        severity: 'error',
        message: `There is no callflow named "${wanted}".${near === undefined ? '' : ` Did you mean "${near}"?`}`,
        fix: `Known: ${[...all.keys()].sort().join(', ')}.`,
        at: file.place([...at, 'link']),
      });
      continue;
    }
    const wired = (block.body as { readonly paths: Readonly<Record<string, string>> }).paths;
    const exits = new Set([...Object.keys(linked.exits), 'error']);
    for (const exit of Object.keys(wired)) {
      if (exits.has(exit)) continue;
      const near = similar(exit, exits);
      findings.push({
        code: 'CF206',
        severity: 'error',
        message: `"${wanted}" has no exit named "${exit}".${near === undefined ? '' : ` Did you mean "${near}"?`}`,
        fix: `Its exits: ${[...exits].sort().join(', ')}.`,
        at: file.placeOfKey([...at, 'paths', exit]),
      });
    }
    for (const [name, exit] of Object.entries(linked.exits)) {
      if (!('returns' in exit) || Object.hasOwn(wired, name)) continue;
      findings.push({
        code: 'CF207',
        severity: 'error',
        message: `"${wanted}" can come back by its exit "${name}", and this link does not say where that leads.`,
        fix: `Add it to the paths: ${name}: <block or exit>.`,
        at: file.place([...at, 'link']),
      });
    }
  }
  return findings;
}
