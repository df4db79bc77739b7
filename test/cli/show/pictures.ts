import fc from 'fast-check';
import { asWritten, type CallflowAsWritten } from '../../../src/core/callflow/as-written.ts';
import type { Wordings } from '../../../src/core/call/prompts.ts';
import { readProject, type LibrarySources } from '../../../src/core/callflow/project.ts';
import { pictureOf, type Arrow, type Picture } from '../../../src/cli/show/picture.ts';
import { shippedFile } from '../../core/support.ts';

/** A callflow of a test, or one that is shipped, as the commands read it; words are those of its prompt file. */
export function readFor(
  name: string,
  sources: LibrarySources,
): { readonly written: CallflowAsWritten; readonly wordings: Wordings | null } {
  const { project } = readProject(sources, {
    environment: {},
    defaultLocale: 'en-US',
  });
  const file = project.callflows.get(name);
  if (file === undefined) throw new Error(`${name} cannot be read`);
  return { written: asWritten(file), wordings: file.wordings.get('en-US') ?? null };
}

/** The sources of one callflow that a test has written, with prompts if it has any. */
export function sourcesOf(callflow: string, prompts = 'locale: en-US\n'): LibrarySources {
  const name = /callflow: *([\w-]+)/.exec(callflow)?.[1] ?? '';
  const locale = 'en-US';
  return {
    callflows: [{ file: `${name}.yaml`, text: callflow }],
    prompts: [
      { ...shippedFile('prompts/en-US/standard.yaml'), locale, callflow: 'standard' },
      { file: `prompts/en-US/${name}.yaml`, text: prompts, locale, callflow: name },
    ],
  };
}

export function pictureFrom(
  callflow: string,
  options: { readonly prompts?: string; readonly limits?: boolean } = {},
): Picture {
  const sources = sourcesOf(callflow, options.prompts);
  const { written, wordings } = readFor(/callflow: *([\w-]+)/.exec(callflow)?.[1] ?? '', sources);
  return pictureOf(written, { wordings, limits: options.limits ?? false });
}

const text = fc.string({ unit: 'grapheme', maxLength: 90 });
const KINDS = ['success', 'agent', 'error', 'returns', 'redirect', 'queue', 'hang-up', 'missing'] as const;

/** Pictures of any callflow, and worse: boxes that lead anywhere, long names, texts of all characters. */
export function anyPicture(options: { readonly most: number }): fc.Arbitrary<Picture> {
  const box = fc.record({ tail: fc.integer({ min: 0, max: 60 }), words: text, notes: fc.integer({ min: 0, max: 3 }) });
  return fc
    .array(box, { minLength: 1, maxLength: options.most })
    .chain((boxes) =>
      fc.record({
        boxes: fc.constant(boxes),
        exits: fc.subarray([...KINDS]),
        ways: fc.array(
          fc.tuple(
            fc.nat(boxes.length - 1),
            fc.nat(boxes.length + KINDS.length),
            fc.subarray(['1', '2, 3', 'star', 'found', 'is something-that-has-a-rather-long-name']),
            fc.boolean(),
          ),
          { maxLength: 2 * boxes.length + 4 },
        ),
        title: text,
      }),
    )
    .map(({ boxes, exits, ways, title }) => {
      const names = boxes.map(({ tail }, index) => `block-${index}${'-long'.repeat(tail / 5)}`);
      const targets = [...names, ...exits.map((kind) => `exit-${kind}`)];
      const arrows = ways.flatMap(([from, to, labels, limit]): Arrow[] => {
        const [start, end] = [names[from], targets[to]];
        return start === undefined || end === undefined || start === end
          ? []
          : [{ from: start, to: end, labels, limit }];
      });
      return {
        name: 'any',
        title,
        start: names[0] ?? '',
        boxes: boxes.map(({ words, notes }, index) => ({
          name: names[index] ?? '',
          verb: 'menu',
          manner: 'listen',
          detail: words.slice(0, 20),
          text: { words, spoken: index % 2 === 0 },
          notes: Array.from({ length: notes }, () => ({
            from: names[index] ?? '',
            when: ['key 0', '3 silences or wrong keys'],
            to: targets[notes % targets.length] ?? '',
          })),
        })),
        exits: exits.map((kind) => ({ name: `exit-${kind}`, kind, does: 'dials AGENT_NUMBER', says: null })),
        arrows: arrows.filter(
          (arrow, index) => arrows.findIndex((each) => each.from === arrow.from && each.to === arrow.to) === index,
        ),
      };
    });
}
