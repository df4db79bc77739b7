import { mayUse, referencesIn } from '../environment.ts';
import type { Project } from '../project.ts';
import type { YamlFile } from '../yaml.ts';
import { valueAt } from './written.ts';

/**
 * How a finding speaks of a value that may come from the environment: by the name, since the value may be secret. Null
 * where nothing is written, or a name in it is not set: of that another rule speaks.
 */
export function spokenOf(yaml: YamlFile, path: readonly PropertyKey[], project: Project): string | null {
  const written = valueAt(yaml.value, path);
  if (written === undefined || typeof written === 'object') return null;
  const names = referencesIn(String(written)).filter(mayUse);
  if (names.some((name) => !project.isSet(name))) return null;
  return `${names.length === 0 ? '' : 'The value of '}"${String(written)}"`;
}
