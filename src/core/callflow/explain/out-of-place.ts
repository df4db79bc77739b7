import { VERBS } from '../../blocks/index.ts';
import type { Finding } from '../finding.ts';
import { callflowSchema } from '../schema.ts';
import { blockKeys } from '../which-verb.ts';
import type { YamlFile, YamlValue } from '../yaml.ts';

type Names = { readonly [name: string]: YamlValue };

interface InPlace {
  /** What is written, with all in the place where it belongs: nothing else is found wrong because of it. */
  readonly written: YamlValue;
  readonly findings: readonly Finding[];
}

/**
 * A key of a block that begins in the column of the block's name is read as a block of its own, and a block that begins
 * in the column of `blocks:` as a part of the file. Both are told as what they are.
 */
export function putInPlace(file: YamlFile): InPlace {
  const { value } = file;
  if (!isNames(value) || !isNames(value['blocks'])) return { written: value, findings: [] };
  const strayed = Object.entries(value).filter(([name, body]) => isBlock(body) && !isPart(name));
  const { blocks, findings } = keysInPlace(value['blocks'], file);
  const kept = Object.entries(value).filter(([name]) => !strayed.some(([each]) => each === name));
  const [first] = strayed;
  return {
    written: { ...Object.fromEntries(kept), blocks: { ...blocks, ...Object.fromEntries(strayed) } },
    findings:
      first === undefined ? findings : [...findings, outOfPlace(first[0], '"blocks"', file.placeOfKey([first[0]]))],
  };
}

function keysInPlace(
  written: Names,
  file: YamlFile,
): { readonly blocks: Names; readonly findings: readonly Finding[] } {
  const blocks: Record<string, YamlValue> = {};
  const findings: Finding[] = [];
  let last: string | undefined;
  for (const [name, body] of Object.entries(written)) {
    const above = last === undefined ? undefined : blocks[last];
    if (last !== undefined && !isBlock(body) && isNames(above) && !(name in above) && blockKeys().has(name)) {
      blocks[last] = { ...above, [name]: body };
      findings.push(outOfPlace(name, `the block "${last}"`, file.placeOfKey(['blocks', name])));
    } else {
      blocks[name] = body;
      last = name;
    }
  }
  return { blocks, findings };
}

function outOfPlace(name: string, above: string, at: Finding['at']): Finding {
  return {
    code: 'CF016',
    severity: 'error',
    message: `"${name}" stands beside ${above} and not under it.`,
    fix: 'Move it, and what belongs to it, 2 spaces to the right.',
    at,
  };
}

function isPart(name: string): boolean {
  return Object.hasOwn(callflowSchema.shape, name);
}

function isBlock(body: YamlValue | undefined): boolean {
  return isNames(body) && Object.keys(body).some((key) => VERBS.has(key));
}

function isNames(value: YamlValue | undefined): value is Names {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
