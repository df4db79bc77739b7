/** Fewer letters than this say nothing about a name that merely contains them. */
const LEAST_PART = 3;

/**
 * The allowed name nearest to a mistyped one, or undefined when none is near. A part of exactly one name is near, too:
 * `find` is `find-methods` where nothing else begins so.
 */
export function similar(name: string, allowed: Iterable<string>): string | undefined {
  const written = name.toLowerCase();
  const letters = lettersOf(written);
  const most = written.length < 2 ? 0 : Math.max(1, Math.floor(written.length / 3));
  let best: string | undefined;
  let least = most + 1;
  const containing: string[] = [];
  for (const candidate of allowed) {
    const known = candidate.toLowerCase();
    if (hasPart(known, written) || hasPart(written, known)) containing.push(candidate);
    // One edit makes a name longer or shorter by one, and takes and adds one letter at most.
    if (Math.abs(known.length - written.length) >= least) continue;
    if (count(letters ^ lettersOf(known)) > 2 * (least - 1)) continue;
    const d = distance(written, known);
    if (d < least) [best, least] = [candidate, d];
  }
  return best ?? (containing.length === 1 ? containing[0] : undefined);
}

/** Whether one name is made of the other and more, joined by hyphens. */
function hasPart(name: string, part: string): boolean {
  return part.length >= LEAST_PART && part.length < name.length && `-${name}-`.includes(`-${part}-`);
}

/** Which letters a name has, a bit for each. */
function lettersOf(name: string): number {
  let letters = 0;
  for (let index = 0; index < name.length; index++) letters |= 1 << (name.charCodeAt(index) & 31);
  return letters;
}

function count(bits: number): number {
  let rest = bits;
  let found = 0;
  for (; rest !== 0; found++) rest &= rest - 1;
  return found;
}

/** ` Did you mean "x"?`, or nothing where nothing is near. */
export function suggestion(written: string, known: Iterable<string>): string {
  const near = similar(written, known);
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}

/** Edits (insert, delete, replace, swap of neighbours) between two words. */
function distance(a: string, b: string): number {
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let d = Math.min((old[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (old[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, (older[j - 2] ?? 0) + 1);
      row.push(d);
    }
    older = old;
    old = row;
  }
  return old[b.length] ?? a.length;
}
