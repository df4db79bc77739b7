import { describe, expect, it } from 'vitest';
import { readProject } from '../../src/core/callflow/project.ts';
import { coverageData, coverageReport } from '../../src/simulator/coverage/coverage-report.ts';
import { coverageOf } from '../../src/simulator/coverage/coverage.ts';
import type { PathTaken } from '../../src/core/call/world.ts';

const LINE = `callflow: line
start: ask
settings:
  limits:
    silences: { most: 2, then: agent }
  zero-is: agent
services:
  segment: { production: "https://example.test/" }
exits:
  agent: { say: transferring, dial: "+12025550199" }
  success: { hang-up: true }
blocks:
  ask:
    menu: ask
    keys: { 1: look-up, 2: spanish }
  spanish: { set: { locale: es-ES }, next: look-up }
  look-up:
    service: segment
    paths: { success: decide, failed: agent }
  decide:
    when: Segment
    is: { gold: again }
    otherwise: agent
  again:
    menu: again
    keys: { 1: ask }
    silences: { most: 1, then: agent }
`;

const USES = `callflow: verify
use: builtin/two-factor
settings:
  limits:
    sends: { most: 2, then: error }
`;

function coverage(text: string, taken: readonly PathTaken[] = []) {
  const sources = { callflows: [{ file: 'line.yaml', text }], prompts: [] };
  const { project } = readProject(sources, {
    environment: {},
    defaultLocale: 'en-US',
  });
  return coverageOf(project, taken);
}

function placeOf(text: string, block: string, path: string): string {
  const [found] = coverage(text).callflows;
  const { line, column } = found?.paths.find(({ edge }) => edge.from === block && edge.path === path)?.at ?? {};
  return `${line}:${column} ${(text.split('\n')[(line ?? 0) - 1] ?? '').slice((column ?? 0) - 1)}`;
}

describe('where a path is written', () => {
  it.each([
    ['a key', 'ask', '1', '15:16 look-up, 2: spanish }'],
    ['what follows', 'spanish', 'next', '16:44 look-up }'],
    ['a status', 'look-up', 'failed', '19:39 agent }'],
    ['a value', 'decide', 'is gold', '22:17 again }'],
    ['any other value', 'decide', 'otherwise', '23:16 agent'],
    ["a question's own limit", 'again', 'silences', '27:32 agent }'],
    ['a limit of the settings', 'ask', 'silences', '5:32 agent }'],
    ['key 0 of the settings', 'ask', '0', '6:12 agent'],
    ['a limit that nobody writes: the block', 'ask', 'wrong-keys', '14:5 menu: ask'],
  ])('%s', (_what, block, path, place) => {
    expect(placeOf(LINE, block, path)).toBe(place);
  });

  it('is the line that uses a built-in callflow, or the setting that is written over it', () => {
    expect(placeOf(USES, 'send', 'sent')).toBe('2:6 builtin/two-factor');
    expect(placeOf(USES, 'enter-code', 'silences')).toBe('2:6 builtin/two-factor');
    expect(placeOf(USES, 'send', 'too-many')).toBe('5:29 error }');
  });
});

describe('the coverage of calls', () => {
  const taken = (block: string, path: string): PathTaken => ({
    callflow: 'line',
    block,
    path,
  });

  it('counts every path that was taken, and how often', () => {
    const { callflows, ...share } = coverage(LINE, [taken('ask', '1'), taken('ask', '1'), taken('ask', '2')]);
    expect(share).toEqual({ taken: 2, of: 14, percent: 14 });
    expect(callflows[0]?.paths.find(({ edge }) => edge.path === '1')).toMatchObject({ times: 2, standing: 'taken' });
  });

  it('names every path that no call took with its place', () => {
    const all = coverage(LINE).callflows[0]?.paths.map(({ edge }) => taken(edge.from, edge.path)) ?? [];
    const missing = all.filter(({ path }) => path !== 'is gold');
    expect(coverageReport(coverage(LINE, missing))).toBe(
      'line  13 of 14 paths (92 %)\n  line.yaml:22:17  decide: is gold -> again\n',
    );
    expect(coverageReport(coverage(LINE, all))).toBe('line  14 of 14 paths (100 %)\n');
  });

  it('leaves out what no call can take, and tells it when it is asked', () => {
    const { project } = readProject(
      { callflows: [{ file: 'line.yaml', text: LINE }], prompts: [] },
      { environment: {}, defaultLocale: 'en-US' },
    );
    const found = coverageOf(project, [taken('ask', '1')], ({ block }) => (block === 'ask' ? 'nobody calls' : null));
    expect(found.of).toBe(10);
    expect(coverageReport(found)).toContain('\n  4 paths that no call can take\n');
    expect(coverageReport(found, { verbose: true })).toContain(
      '    line.yaml:15:28  ask: 2 -> spanish: nobody calls\n',
    );
    const data = coverageData(found);
    const path = {
      block: 'ask',
      path: '1',
      to: 'look-up',
      line: 15,
      column: 16,
      times: 1,
      standing: 'taken',
    };
    expect(data).toHaveProperty('callflows.0.paths', expect.arrayContaining([path]));
    expect(data).toMatchObject({
      taken: 1,
      of: 10,
      callflows: [{ callflow: 'line', file: 'line.yaml', taken: 1, of: 10, percent: 10 }],
    });
  });
});
