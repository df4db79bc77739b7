import { VERBS, type AnyVerb } from '../blocks/index.ts';
import { meantBy } from './explain/meant.ts';
import { shapeOf } from './explain/shape.ts';
import type { Finding } from './finding.ts';
import { readAs } from './read-as.ts';
import { callflowSchema } from './schema.ts';
import type { YamlFile, YamlValue } from './yaml.ts';

/** The one verb of a block, or why there is none. */
export function verbOf(
  name: string,
  body: { readonly [key: string]: YamlValue },
  file: Pick<YamlFile, 'placeOfKey'>,
): AnyVerb | Finding {
  const keys = Object.keys(body);
  const [verb, second, ...more] = keys.flatMap((key) => VERBS.get(key) ?? []);
  const at = (key?: string): Finding['at'] => file.placeOfKey(['blocks', name, ...(key === undefined ? [] : [key])]);
  const refuse = (words: Pick<Finding, 'message' | 'fix'>, key?: string): Finding => ({
    code: 'CF104',
    severity: 'error',
    ...words,
    at: at(key),
  });
  const exit = (): string | undefined => keys.find((key) => exitKeys().has(key));
  if (verb !== undefined && second === undefined) {
    // Exits may say something, too.
    const mistaken = verb.name === 'say' && !readAs(verb.schema, body).success ? exit() : undefined;
    return mistaken === undefined ? verb : refuse(exitWords(name, mistaken), mistaken);
  }
  if (verb !== undefined && second !== undefined) {
    const names = [verb, second, ...more].map((each) => each.name).join(', ');
    return refuse(
      {
        message: `The block "${name}" has ${more.length + 2} verbs: ${names}. A block does one thing.`,
        fix: 'Split it into one block for each, joined by `next`.',
      },
      second.name,
    );
  }
  const others = blockKeys();
  const verbs = [...VERBS.keys()];
  const fix = `Verbs: ${verbs.sort().join(', ')}.`;
  const mistyped = keys.find((key) => !others.has(key) && meantBy(key, verbs) !== undefined);
  if (mistyped !== undefined)
    return refuse(
      { message: `"${mistyped}" is not a verb. Did you mean "${meantBy(mistyped, verbs)}"?`, fix },
      mistyped,
    );
  const done = exit();
  if (done !== undefined) return refuse(exitWords(name, done), done);
  return refuse({ message: `The block "${name}" has no verb: it does not say what it does.`, fix });
}

function exitWords(name: string, exit: string): Pick<Finding, 'message' | 'fix'> {
  return {
    message: `The block "${name}" does what exits do: \`${exit}\`.`,
    fix: `Write "${name}" under \`exits\` and not under \`blocks\`.`,
  };
}

/** All that blocks have besides their verbs. */
export function blockKeys(): ReadonlySet<string> {
  ofBlocks ??= new Set(
    [...VERBS.values()].flatMap(({ schema }) => shapeOf(schema).keysAt([])).filter((key) => !VERBS.has(key)),
  );
  return ofBlocks;
}

/** All that exits do, and blocks do not. */
function exitKeys(): ReadonlySet<string> {
  const all = shapeOf(callflowSchema).keysAt(['exits', 'any']);
  ofExits ??= new Set(all.filter((key) => !VERBS.has(key) && !blockKeys().has(key)));
  return ofExits;
}

let ofBlocks: ReadonlySet<string> | undefined;
let ofExits: ReadonlySet<string> | undefined;
