import { graphOf } from '../../../core/callflow/graph.ts';
import { grouped } from '../../../core/callflow/grouped.ts';
import type { Block, Callflow } from '../../../core/callflow/callflow.ts';
import { VERBS } from '../../../core/blocks/index.ts';
import type { Library } from '../../../core/call/step.ts';
import type { Happening } from './happening.ts';
import { happeningsAt } from './happenings.ts';
import { after, type Moment } from './moment.ts';
import { outcomeOf, questionOf, type Places } from './outcome.ts';
import { repeatsOf } from './repeats.ts';
import type { Line } from './screenplay.ts';
import type { Taken } from './taken.ts';
import type { Turn, Ways } from './ways.ts';

/** What may happen at one block besides the way that works; a group of lines for each. */
export interface Scene {
  readonly block: string;
  readonly groups: readonly (readonly Line[])[];
}

export interface Story {
  readonly library: Library;
  readonly callflow: Callflow;
  /** How calls may begin. */
  readonly starts: readonly Start[];
  readonly ways: Ways;
  /** The way that works, and what it has taken before it said anything. */
  readonly happy: { readonly taken: readonly Taken[]; readonly turns: readonly Turn[] };
  readonly places: Places;
}

export interface Start {
  readonly after: Moment;
  readonly before?: undefined;
  readonly taken: readonly Taken[];
}

/** One scene for each block that something else may happen at, in the order of the file. */
export function scenesOf(story: Story): readonly Scene[] {
  const scenes = [...story.callflow.blocks.values()].map((block) => ({
    block: block.name,
    groups: groupsAt(block, story),
  }));
  return scenes.filter(({ groups }) => groups.length > 0);
}

function groupsAt(block: Block, story: Story): readonly (readonly Line[])[] {
  const kind = VERBS.get(block.verb)?.kind.does;
  if (kind === 'listen') return listening(block, story);
  if (kind === 'perform') return performing(block, story);
  return kind === 'link' || kind === 'decide' ? passing(block, story) : [];
}

function listening(block: Block, story: Story): readonly (readonly Line[])[] {
  const here = story.places.arrivalAt(block.name);
  if (here === undefined) return [];
  const happenings = happeningsAt(story.library, here);
  const entries = happenings.filter((each) => each.kind === 'entry' && !isHappy(block.name, each, story));
  const known = story.happy.turns.some((turn) => turn.before === here || turn.after === here);
  const opening: readonly Line[] = [{ kind: 'line', spoken: questionOf(here) }];
  return [
    ...(known ? [] : [opening]),
    ...entries.map((each): readonly Line[] => [
      { kind: 'you', does: each.what },
      ...outcomeOf(after(story.library, here, each), here, story.places),
    ]),
    ...happenings
      .filter((each) => each.kind !== 'entry' && !isHappy(block.name, each, story))
      .map(({ kind }) => again(kind, here, story)),
  ].filter((group) => group.length > 0);
}

const SAME: Line = { kind: 'note', text: 'the same again' };

/** The same trouble again and again, until the question gives up. */
function again(kind: Happening['kind'], here: Moment, { library, places }: Story): readonly Line[] {
  const lines: Line[] = [];
  let moment = here;
  let last: readonly Line[] = [];
  // No limit allows more.
  for (let time = 0; time < 10; time++) {
    const happening = happeningsAt(library, moment).find((each) => each.kind === kind);
    if (happening === undefined) return lines;
    const next = after(library, moment, happening);
    const heard = outcomeOf(next, moment, places);
    const same = JSON.stringify(heard) === JSON.stringify(last);
    lines.push({ kind: 'you', does: happening.what }, ...(same ? [SAME] : heard));
    last = heard;
    if (next.next.kind !== 'listen' || blockOf(next) !== blockOf(here)) return lines;
    moment = next;
  }
  return lines;
}

/** Events that come to the same are told together. */
function performing(block: Block, story: Story): readonly (readonly Line[])[] {
  const { library, places } = story;
  const here = places.arrivalAt(block.name);
  if (here === undefined || here.next.kind !== 'perform') return [];
  const events = happeningsAt(library, here)
    .filter((each) => !isHappy(block.name, each, story))
    .map(({ what, input }) => ({ event: what, input }));
  const told = [...events, ...repeatsOf(here.next.task)].map(({ event, input }) => ({
    event,
    lines: outcomeOf(after(library, here, { input }), here, places),
  }));
  return [...grouped(told, ({ lines }) => JSON.stringify(lines)).values()].map((group) => [
    { kind: 'note', text: [...new Set(group.map(({ event }) => event))].join('; or ') },
    ...(group[0]?.lines ?? []),
  ]);
}

/** Blocks that the call does not stop at: what follows when another callflow comes back, or by what a variable holds. */
function passing(block: Block, story: Story): readonly (readonly Line[])[] {
  const { taken: begun, turns } = story.happy;
  const told = [...begun, ...turns.flatMap(({ taken }) => taken)].map((each) => `${each.block} ${each.path}`);
  return graphOf(story.callflow)
    .edges.filter(({ from, path }) => from === block.name && !told.includes(`${from} ${path}`))
    .flatMap(({ path }) => {
      const takes = ({ taken }: { readonly taken: readonly Taken[] }): boolean =>
        taken.some((each) => each.block === block.name && each.path === path);
      const turn = story.starts.find(takes) ?? story.ways.turns.find(takes);
      if (turn === undefined) return [];
      return [
        [
          { kind: 'note', text: passed(block, path) } as const,
          ...outcomeOf(turn.after, turn.before ?? null, story.places),
        ],
      ];
    });
}

function passed(block: Block, path: string): string {
  const kind = VERBS.get(block.verb)?.kind;
  if (kind?.does === 'link') return `${kind.callflow(block.body)} comes back by "${path}"`;
  return kind?.does === 'decide' ? `${kind.variable(block.body)} ${path}` : path;
}

function isHappy(block: string, { path, what }: Happening, { happy }: Story): boolean {
  return happy.turns.some(({ before, happening }) => {
    const outermost = before.session.frames.length === 1 && blockOf(before) === block;
    return outermost && happening.path === path && happening.what === what;
  });
}

function blockOf({ session }: Moment): string {
  return session.frames.at(-1)?.block ?? '';
}
