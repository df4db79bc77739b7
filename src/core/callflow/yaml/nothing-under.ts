import { isScalar, type YAMLMap } from 'yaml';
import type { Page } from './page.ts';
import type { Found } from './trap.ts';

/**
 * A name without a value, above a name that stands twice: what was meant to be under it stands beside it, where it
 * meets others of the same names.
 */
export function nothingUnder(map: YAMLMap, twice: YAMLMap['items'][number], page: Page): Found | null {
  if (map.flow === true) return null;
  const before = map.items.slice(0, map.items.indexOf(twice)).reverse();
  const empty = before.find(({ value }) => isScalar(value) && value.value === null && value.source === '');
  const key = empty?.key;
  if (!isScalar(key) || !key.range) return null;
  const [offset, end] = key.range;
  const name = String(key.value);
  return {
    code: 'CF016',
    offset,
    length: end - offset,
    message: `"${name}" has nothing under it: the line below begins in the same column ${offset - page.lineAt(offset).offset + 1}.`,
    fix: `Move what belongs to it 2 spaces to the right, or "${name}" 2 spaces to the left.`,
  };
}
