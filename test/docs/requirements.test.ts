import { describe, expect, it } from 'vitest';
import { mistakes, requirementsPage, type Sources } from './requirements-page.ts';
import { NOT_BUILT_YET, REQUIREMENTS } from './requirements.ts';
import { titlesIn, titlesUnder } from './titles.ts';

const sources: Sources = { requirements: REQUIREMENTS, notBuiltYet: NOT_BUILT_YET, titles: titlesUnder('test') };

describe('docs/requirements.md', () => {
  it('has every rule of the documents', () => {
    const all = Object.entries({ G: 70, E: 26, L: 53, D: 17 }).flatMap(([letter, count]) =>
      Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
    );
    expect(Object.keys(REQUIREMENTS)).toEqual(all);
  });

  it('shows each with its tests, or why it has none', () => {
    expect(mistakes(sources)).toEqual([]);
  });

  it('is what `npm run docs:requirements` writes', async () => {
    await expect(requirementsPage(sources)).toMatchFileSnapshot('../../docs/requirements.md');
  });
});

describe('the table finds', () => {
  const RULES = {
    G1: { rule: 'It rings.', built: ['src'] },
    G2: { rule: 'It is loud.', reason: 'Nobody can hear it here.' },
    G3: { rule: 'It is heard.' },
  };

  /** What is wrong once a file of tests holds this. */
  const after = (test: string, requirements: Sources['requirements'] = RULES): readonly string[] =>
    mistakes({ requirements, notBuiltYet: { hearing: 'G3' }, titles: titlesIn('a.test.ts', test) });

  const PROOF = "it('G1: rings', () => {});";

  it('nothing where each rule has its test, its reason, or waits', () => {
    expect(after(PROOF)).toEqual([]);
  });

  it.each<[what: string, test: string, found: string]>([
    ['a rule without a test', '', 'G1 has neither a test nor a reason.'],
    ['a test that is skipped', "it.skip('G1: rings', () => {});", 'G1 has neither a test nor a reason.'],
    ['a group of none but such', "describe('G1', () => { it.todo('rings'); });", 'G1 has neither a test nor a reason.'],
    ['an id that only a comment or a text holds', "// G1\nexpect('G1');", 'G1 has neither a test nor a reason.'],
    [
      'a reason beside a test',
      `${PROOF} it('loud (G2)', () => {});`,
      'G2 has a reason, although "loud (G2)" proves it.',
    ],
    [
      'a rule that is built meanwhile',
      `${PROOF} it('G3: heard', () => {});`,
      'G3 is not built yet, although "G3: heard" proves it: take it out of NOT_BUILT_YET.',
    ],
    [
      'an id that is none',
      `${PROOF} it('G71: sings', () => {});`,
      'a.test.ts: "G71: sings" names G71, which is no rule.',
    ],
    [
      'rules by the dozen',
      `${PROOF} it('rings (G1-G1)', () => {});`,
      'a.test.ts: "rings (G1-G1)" names a range; name each rule.',
    ],
  ])('%s', (_what, test, found) => {
    expect(after(test)).toContain(found);
  });

  it('a place that there is not', () => {
    const moved = { ...RULES, G1: { rule: 'It rings.', built: ['src/bell.ts'] } };
    expect(after(PROOF, moved)).toEqual(['G1 is built in src/bell.ts, which does not exist.']);
  });

  it('a rule that is tested and built nowhere', () => {
    expect(after(PROOF, { ...RULES, G1: { rule: 'It rings.' } })).toEqual(['G1 has tests, and is built nowhere.']);
  });
});

describe('an id counts', () => {
  const proofs = (test: string): readonly string[] =>
    titlesIn('a.test.ts', test).flatMap(({ text, rules }) => (rules.length > 0 ? [`${text}: ${rules.join()}`] : []));

  it.each([
    ['in the title of a test', "it('(G1) rings', () => {})", ['(G1) rings: G1']],
    ['in that of a group', "describe('G1 G2', () => { it('rings', () => {}); })", ['G1 G2: G1,G2']],
    ['once for all rows of a table', "it.each(['a', 'b'])('G1: %s', () => {})", ['G1: …: G1']],
    ['in a row of a table', "it.each([['G1, loud', 1], ['soft', 2]])('%s: %i', () => {})", ['G1, loud: 1: G1']],
    [
      'in a table of its own',
      "const ROWS = [['G1']] as const; it.each(ROWS)('rings: %s', () => {})",
      ['rings: G1: G1'],
    ],
    ['in a cell only where it is shown', "it.each([['loud', 'G1']])('%s', () => {})", []],
    ['in a title with holes', 'it(`G1: ${sound} twice`, () => {})', ['G1: … twice: G1']],
  ])('%s', (_where, test, found) => {
    expect(proofs(test)).toEqual(found);
  });
});
