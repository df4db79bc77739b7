import { VERBS } from '../../../core/blocks/index.ts';
import type { Callflow } from '../../../core/callflow/callflow.ts';
import { variablesOf } from '../../../core/callflow/facts.ts';
import type { Library } from '../../../core/call/step.ts';
import type { Happening } from './happening.ts';
import type { Moment } from './moment.ts';

/** A path of a block of the outermost callflow that was taken. */
export interface Taken {
  readonly block: string;
  readonly path: string;
}

/**
 * The paths of the outermost callflow that an event has taken: of the block that heard it, of those that only speak or
 * decide and were passed on the way, and of a link whose callflow has come back. Only labels what the core has done.
 */
export function takenBy(library: Library, before: Moment, happening: Happening, after: Moment): readonly Taken[] {
  if (asksAgain(before, after)) return [];
  const frames = before.session.frames.map(({ callflow, block }) => ({ callflow, block }));
  return followed(library, frames, { path: happening.path, after });
}

/** The paths that a call has taken before it said or did anything. */
export function takenAtStart(library: Library, callflow: Callflow, after: Moment): readonly Taken[] {
  const path = passing(callflow, callflow.start, variablesIn(after, 1));
  return path === null ? [] : followed(library, [{ callflow: callflow.name, block: callflow.start }], { path, after });
}

/** No call passes more blocks than this without stopping. */
const MOST_MOVES = 100;

function followed(
  library: Library,
  frames: { readonly callflow: string; block: string }[],
  taken: { readonly path: string; readonly after: Moment },
): readonly Taken[] {
  const found: Taken[] = [];
  let { path } = taken;
  for (let moves = 0; moves < MOST_MOVES; moves++) {
    const top = frames.at(-1);
    const callflow = top === undefined ? undefined : library.flow(top.callflow)?.callflow;
    if (top === undefined || callflow === undefined) return found;
    if (frames.length === 1) found.push({ block: top.block, path });
    const to = pathsOf(callflow, top.block)[path];
    if (to === undefined) return found;
    const on = callflow.blocks.has(to) ? passing(callflow, to, variablesIn(taken.after, frames.length)) : null;
    if (on !== null) {
      top.block = to;
      path = on;
    } else if (!callflow.blocks.has(to) && frames.length > 1) {
      frames.pop();
      path = to;
    } else return found;
  }
  return found;
}

/** A silence or a wrong key before its limit takes no path. */
function asksAgain(before: Moment, after: Moment): boolean {
  const [was, is] = [before.session.frames, after.session.frames];
  return was.length === is.length && was.at(-1)?.block === is.at(-1)?.block && is.at(-1)?.facts.asks !== 'fresh';
}

/** The path by which a block is passed that neither listens nor waits; null where the call stands. */
function passing(callflow: Callflow, name: string, variables: Readonly<Record<string, string>>): string | null {
  const block = callflow.blocks.get(name);
  const kind = block === undefined ? undefined : VERBS.get(block.verb)?.kind;
  if (block === undefined || kind === undefined) return null;
  if (kind.does === 'say' || kind.does === 'set') return 'next';
  if (kind.does !== 'decide') return null;
  return kind.values(block.body)[variables[kind.variable(block.body)] ?? ''] ?? 'otherwise';
}

function pathsOf(callflow: Callflow, name: string): Readonly<Record<string, string>> {
  const block = callflow.blocks.get(name);
  return block === undefined ? {} : (VERBS.get(block.verb)?.paths(block.body, { name, callflow }) ?? {});
}

function variablesIn({ session }: Moment, depth: number): Readonly<Record<string, string>> {
  const frame = session.frames[depth - 1];
  return frame === undefined ? {} : variablesOf(frame.facts);
}
