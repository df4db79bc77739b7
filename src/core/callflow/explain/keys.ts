import { VERBS } from '../../blocks/index.ts';
import type { Finding } from '../finding.ts';
import { meantBy } from './meant.ts';
import { shapeOf } from './shape.ts';
import { valueAt, type Subject } from './subject.ts';

/** What is wrong with the keys of one place. */
export interface Keys {
  readonly path: readonly PropertyKey[];
  /** Those that the place does not have. */
  readonly unknown: string[];
  /** Those that are needed and not there. */
  readonly missing: string[];
  /** Those that are there, with nothing behind them. */
  readonly empty: string[];
}

/** One finding for each mistake: a key that is missing because another one is mistyped is not a second one. */
export function explainKeys({ path, unknown, missing, empty }: Keys, subject: Subject): Finding[] {
  const { file, schema, at } = subject;
  const known = shapeOf(schema).keysAt(path);
  const here = [...at, ...path];
  const verb = unknown.find((key) => VERBS.has(key));
  if (verb !== undefined && here.length === 2 && (here[0] === 'services' || here[0] === 'exits'))
    return [finding('CF104', strayBlockWords(String(here[1]), here[0], verb), file.placeOfKey([...here, verb]))];
  const written = keysOf(subject, path);
  const below = new Map(empty.map((name) => [name, runAfter(name, written, new Set(unknown))]));
  const strays = new Set([...below.values()].flat());
  const mistyped = unknown.filter((key) => !strays.has(key));
  const free = known.filter((name) => !written.includes(name));
  const left = new Set(missing);
  const findings = mistyped.map((key) => {
    const near = meantBy(key, free);
    // The one key that is needed and the one that nobody knows are one mistake.
    const instead = near ?? (left.size === 1 && mistyped.length === 1 ? [...left][0] : undefined);
    if (instead !== undefined) left.delete(instead);
    const words = unknownWords(key, { near, instead, known, path: here }, subject);
    return finding('CF101', words, file.placeOfKey([...here, key]));
  });
  for (const [name, names] of below) {
    const [first] = names;
    findings.push(
      first === undefined
        ? finding('CF103', emptyWords(name, [...path, name], subject), file.placeOfKey([...here, name]))
        : finding('CF016', besideWords(first, name), file.placeOfKey([...here, first])),
    );
  }
  if (left.size > 0)
    findings.push(
      finding('CF103', missingWords([...left], description(subject, [...path, ...left])), file.placeOfKey(here)),
    );
  return findings;
}

type Words = Pick<Finding, 'message' | 'fix'>;

function finding(code: string, words: Words, at: Finding['at']): Finding {
  return { code, severity: 'error', ...words, at };
}

interface Around {
  /** A known name that is meant, by its spelling or by what it is called elsewhere. */
  readonly near: string | undefined;
  /** The known name that is missing in its place. */
  readonly instead: string | undefined;
  readonly known: readonly string[];
  readonly path: readonly PropertyKey[];
}

function unknownWords(key: string, { near, instead, known, path }: Around, subject: Subject): Words {
  const fix = known.length === 0 ? 'Remove it.' : `Known here: ${known.join(', ')}.`;
  if (known.includes('hash') && /^\d\d+$/.test(key)) {
    const message = `"${key}" is not a key: a menu takes one key.`;
    return { message, fix: `${fix} Where callers enter several digits, write \`collect\`.` };
  }
  // One alternative has it, and the other keys are those of another one.
  if (known.includes(key)) return { message: `"${key}" does not go together with the other keys here.`, fix };
  const unknown = `"${key}" is not known here`;
  if (near !== undefined) return { message: `${unknown}. Did you mean "${near}"?`, fix };
  if (instead !== undefined) return { message: `${unknown}, and "${instead}" is missing.`, fix };
  const homes = shapeOf(subject.schema).placesOf(key);
  const [home = []] = homes;
  const isElsewhere = homes.length === 1 && home.length > 0 && home.join('.') !== path.join('.');
  return { message: isElsewhere ? `${unknown}. It belongs under "${home.join('.')}".` : `${unknown}.`, fix };
}

function emptyWords(name: string, path: readonly PropertyKey[], subject: Subject): Words {
  const message = `"${name}" has nothing behind it.`;
  const shape = shapeOf(subject.schema);
  if (shape.isGroup(path)) return { message, fix: 'Write what belongs to it below, 2 spaces further to the right.' };
  return {
    message,
    fix: `Write it behind the colon, or remove "${name}:". ${shape.descriptionAt(path) ?? ''}`.trimEnd(),
  };
}

function besideWords(name: string, above: string): Words {
  return {
    message: `"${name}" begins in the same column as "${above}", and so "${above}" has nothing under it.`,
    fix: `Move "${name}", and what belongs to it, 2 spaces to the right.`,
  };
}

function strayBlockWords(name: string, above: string, verb: string): Words {
  return {
    message: `"${name}" does what blocks do: \`${verb}\`.`,
    fix: `Write "${name}" under \`blocks\` and not under \`${above}\`.`,
  };
}

function missingWords(names: readonly string[], says: string | undefined): Words {
  const list = (quote: (name: string) => string): string => {
    const all = names.map(quote);
    return all.length === 1 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
  };
  const message = `${list((name) => `"${name}"`)} ${names.length === 1 ? 'is' : 'are'} missing.`;
  return {
    message,
    fix: `Add ${list((name) => `"${name}:"`)} here.${names.length > 1 || says === undefined ? '' : ` ${says}`}`,
  };
}

function description({ schema }: Subject, path: readonly PropertyKey[]): string | undefined {
  return shapeOf(schema).descriptionAt(path);
}

/** The unknown keys that follow a key in the file without a known one in between. */
function runAfter(name: string, written: readonly string[], unknown: ReadonlySet<string>): readonly string[] {
  const rest = written.slice(written.indexOf(name) + 1);
  const end = rest.findIndex((key) => !unknown.has(key));
  return end === -1 ? rest : rest.slice(0, end);
}

function keysOf(subject: Subject, path: readonly PropertyKey[]): readonly string[] {
  const value = valueAt(subject, path);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}
