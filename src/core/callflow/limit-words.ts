import type { Edge } from './graph.ts';
import { counted, listed } from './in-words.ts';

type Limited = Pick<Edge, 'path' | 'most'>;

/** What is counted until a limit path is taken, in the singular; by path, or by verb and path. */
const COUNTED: Readonly<Record<string, string>> = {
  silences: 'silence',
  'wrong-keys': 'wrong key',
  'send-code too-many': 'send',
  'verify-code too-many': 'wrong code',
};

const NAMED: Readonly<Record<string, string>> = {
  none: 'no method',
  locked: 'locked',
  'no-send-left': 'no send left',
};

/** What a verb's limit paths wait for, a phrase each: "3 silences or wrong keys", "no method", "locked". */
export function limitPhrases(verb: string, limits: readonly Limited[]): readonly string[] {
  const phrases: string[] = [];
  for (const limit of limits) {
    const what = countedBy(verb, limit.path);
    if (what === null) phrases.push(NAMED[limit.path] ?? limit.path);
    // Equal numbers are one phrase, where the first of them stands.
    else if (limits.find((each) => alike(verb, each, limit)) === limit)
      phrases.push(
        together(
          verb,
          limits.filter((each) => alike(verb, each, limit)),
        ),
      );
  }
  return phrases;
}

/** The singular of what is counted, "silence"; null where nothing is. */
export function countedBy(verb: string, path: string): string | null {
  return COUNTED[path] ?? COUNTED[`${verb} ${path}`] ?? null;
}

function alike(verb: string, a: Limited, b: Limited): boolean {
  return countedBy(verb, a.path) !== null && a.most === b.most;
}

function together(verb: string, limits: readonly Limited[]): string {
  const most = limits[0]?.most ?? 1;
  const [first = '', ...rest] = limits.map(({ path }) => countedBy(verb, path) ?? path);
  return listed([counted(most, first), ...rest.map((each) => counted(most, each).replace(/^\d+ /, ''))], 'or');
}
