import type { Edge } from '../../core/callflow/graph.ts';
import { grouped } from '../../core/callflow/grouped.ts';
import { counted } from '../../core/callflow/in-words.ts';
import { limitPhrases } from '../../core/callflow/limit-words.ts';
import { shareText } from '../../simulator/coverage/coverage-report.ts';
import type { CallflowCoverage, PathCoverage } from '../../simulator/coverage/coverage.ts';
import { TROUBLE, type Arrow, type Note, type Picture } from './picture.ts';

/** A picture with the paths that calls have taken: every path is an arrow, limits too, and says how often it was taken. */
export function coveredPicture(picture: Picture, coverage: CallflowCoverage): Picture {
  const verbs = new Map(picture.boxes.map(({ name, verb }) => [name, verb]));
  const paths = coverage.paths.toSorted((a, b) => troubleIn(a) - troubleIn(b));
  const groups = [...grouped(paths, ({ edge, standing }) => `${edge.from} ${edge.to} ${standing}`).values()];
  const arrows = groups.flatMap((group): readonly Arrow[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { from, to } = first.edge;
    const labels = group.map((path) => labelOf(path, verbs.get(from) ?? ''));
    return [{ from, to, labels, limit: group.every(({ edge }) => edge.by === 'limit'), standing: first.standing }];
  });
  const notes = arrows
    .filter(({ from, to }) => from === to)
    .map(({ from, to, labels }): Note => ({ from, to, when: labels }));
  return {
    ...picture,
    boxes: picture.boxes.map((box) => ({ ...box, notes: notes.filter(({ from }) => from === box.name) })),
    arrows: arrows.filter(({ from, to }) => from !== to),
    legend: legendOf(coverage),
  };
}

function troubleIn({ edge }: PathCoverage): number {
  return Number(TROUBLE.includes(edge.path));
}

/** "found ×12", in one piece; what only goes on says no more than how often. */
function labelOf({ edge, times, standing }: PathCoverage, verb: string): string {
  const often = standing === 'never' ? 'never' : `×${times}`;
  return [...nameOf(edge, verb), often].join(' ').replaceAll(' ', '\u00a0');
}

function nameOf(edge: Edge, verb: string): readonly string[] {
  if (edge.by === 'limit') return limitPhrases(verb, [edge]);
  if (edge.path === 'next') return [];
  return [/^\d$/.test(edge.path) ? `key ${edge.path}` : (edge.written ?? edge.path)];
}

function legendOf(coverage: CallflowCoverage): NonNullable<Picture['legend']> {
  const many = (standing: PathCoverage['standing']): number =>
    coverage.paths.filter((path) => path.standing === standing).length;
  const [missed, never] = [many('missed'), many('never')];
  return [
    { standing: 'taken', text: `taken: ${shareText(coverage)}` },
    ...(missed === 0 ? [] : [{ standing: 'missed', text: `not taken (×0): ${counted(missed, 'path')}` } as const]),
    ...(never === 0
      ? []
      : [{ standing: 'never', text: `never: ${counted(never, 'path')} that no call can take` } as const]),
  ];
}
