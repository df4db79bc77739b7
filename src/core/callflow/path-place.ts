import { ownPlace, valueAt } from './check/written.ts';
import type { Place } from './finding.ts';
import type { Edge } from './graph.ts';
import type { CallflowFile } from './project.ts';
import { readYaml } from './yaml.ts';

/** The path that a path follows where a block does not write it. */
const FOLLOWS: Readonly<Record<string, string>> = {
  unreachable: 'failed',
  rejected: 'failed',
  error: 'failed',
  'nothing-to-send': 'sent',
  blank: 'wrong',
};

/** The setting that a path comes from where a block does not write it; those of `too-many` go by the verb. */
const SETTINGS: Readonly<Record<string, readonly string[]>> = {
  silences: ['limits', 'silences'],
  'wrong-keys': ['limits', 'wrong-keys'],
  'no-send-left': ['limits', 'sends'],
  locked: ['limits', 'locked'],
  none: ['no-method'],
  '0': ['zero-is'],
};

/** Says where the paths of a callflow are written: the target, else the setting, else the block, else `use:`. */
export function pathPlaces({ yaml, source, callflow }: CallflowFile): (edge: Edge) => Place {
  // What a built-in callflow writes has no place in the file that uses it.
  const own = callflow.uses === null ? yaml : readYaml(source.file, source.text);
  return (edge) => {
    const block = ['blocks', edge.from];
    const verb = callflow.blocks.get(edge.from)?.verb ?? '';
    const setting = settingOf(edge, verb);
    const candidates = [
      ownPlace(own, edge) ?? [],
      ...writtenAs(edge).map((keys) => [...block, ...keys]),
      ...(setting === undefined
        ? []
        : [
            ['settings', ...setting, 'then'],
            ['settings', ...setting],
          ]),
      block,
    ];
    const found = candidates.find((path) => path.length > 0 && valueAt(own.value, path) !== undefined);
    return own.place(found ?? ['use']);
  };
}

/** The keys of the block that write the path by another name. */
function writtenAs({ path, written }: Edge): readonly (readonly string[])[] {
  const follows = FOLLOWS[path];
  return [
    ...(written === undefined ? [] : [['paths', written]]),
    ...(follows === undefined ? [] : [['paths', follows]]),
    ['statuses', path],
    ['is', path.replace(/^is /, '')],
  ];
}

function settingOf({ path }: Edge, verb: string): readonly string[] | undefined {
  if (path === 'too-many') return ['limits', verb === 'verify-code' ? 'attempts-per-code' : 'sends'];
  return SETTINGS[path];
}
