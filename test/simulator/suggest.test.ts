import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Project } from '../../src/core/callflow/project.ts';
import { coverageReport } from '../../src/simulator/coverage/coverage-report.ts';
import { coverageOf, type Coverage } from '../../src/simulator/coverage/coverage.ts';
import { reachOf, type Reach } from '../../src/simulator/reach/reach.ts';
import { whyNever } from '../../src/simulator/reach/why-never.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { newScenarioFile, withScenarios } from '../../src/simulator/suggest/scenario-text.ts';
import { suggestScenarios } from '../../src/simulator/suggest/suggest.ts';
import { playAll, scenariosIn, shipped } from './shipped.ts';

let simulator: Simulator;
let project: Project;
let reach: Reach;

beforeAll(async () => {
  ({ simulator, project } = await shipped('two-factor'));
  reach = reachOf(simulator.library);
}, 60_000);

/** The coverage of scenario files. */
async function coverage(...files: readonly string[]): Promise<Coverage> {
  const played = await playAll(
    files.flatMap((text) => scenariosIn(text)),
    simulator,
  );
  expect(played.map(({ failure }) => failure)).toEqual(played.map(() => undefined));
  return coverageOf(
    project,
    played.flatMap(({ taken }) => taken),
    whyNever(reach),
  );
}

const suggest = (found: Coverage, files?: ReadonlyMap<string, string>) =>
  suggestScenarios(found, { reach, open: (scene) => simulator.open(scene), ...(files === undefined ? {} : { files }) });

describe('scenarios for paths that nobody took', () => {
  it('take together, as files of their own, every path that a call can take', async () => {
    const { scenarios, without } = await suggest(coverageOf(project, [], whyNever(reach)));
    expect(without).toEqual([]);
    const files = ['two-factor'].map((callflow) => {
      const texts = scenarios.filter((each) => each.callflow === callflow).map(({ text }) => text);
      return withScenarios(newScenarioFile(callflow), texts) ?? '';
    });
    const found = await coverage(...files);
    expect(found).toMatchObject({ percent: 100, of: 48 });
  }, 60_000);

  it('are those that a file lacks: without one scenario its path is named with its line, and written anew', async () => {
    const { scenarios } = await suggest(coverageOf(project, [], whyNever(reach)));
    const kept = scenarios.filter(({ name }) => name !== 'The message is refused at send, so on to not-delivered');
    expect(kept).toHaveLength(scenarios.length - 1);
    const files = ['two-factor'].map((callflow) => {
      const texts = kept.filter((each) => each.callflow === callflow).map(({ text }) => text);
      return [callflow, withScenarios(newScenarioFile(callflow), texts) ?? ''] as const;
    });
    const found = await coverage(...files.map(([, text]) => text));
    const line =
      readFileSync('callflows/two-factor.yaml', 'utf8')
        .split('\n')
        .indexOf('      failed: not-delivered          # or apart: unreachable, rejected, error') + 1;
    expect(coverageReport(found)).toContain(
      `two-factor  47 of 48 paths (97 %)\n  callflows/two-factor.yaml:${line}:15  send: rejected -> not-delivered\n`,
    );
    expect(await suggest(found, new Map(files))).toEqual({
      scenarios: scenarios.filter((each) => !kept.includes(each)),
      without: [],
    });
  }, 60_000);

  it('hold together with what the file gives to all of its scenarios', async () => {
    const file = `callflow: two-factor\ngiven: { sends-fail: [email] }\nscenarios:\n  - name: Any\n    call: [ hangs-up ]\n`;
    const { callflows } = coverageOf(project, [], whyNever(reach));
    const only = (block: string, path: string) =>
      callflows.map((each) => ({
        ...each,
        paths: each.paths.filter(
          ({ edge }) => each.callflow === 'two-factor' && edge.from === block && edge.path === path,
        ),
      }));
    const found = await suggest(
      { callflows: only('send', 'sent'), taken: 0, of: 1, percent: 0 },
      new Map([['two-factor', file]]),
    );
    for (const { text } of found.scenarios) expect(scenariosIn(withScenarios(file, [text]) ?? '')).toHaveLength(2);
    expect(found.scenarios.length + found.without.length).toBe(1);
  });
});

describe('a scenario file with more scenarios', () => {
  const NEW = '  - name: New\n    call: [ hangs-up ]\n';

  it('keeps its comments and is written as it was', () => {
    const file = `# Ours.\ncallflow: main   # the line\nscenarios:\n- name: Old   # kept\n  call: [ hangs-up ]\n\n# The rules.\nalways: [ { sends: { at-most: 3 } } ]\n`;
    expect(withScenarios(file, [NEW])).toBe(
      `# Ours.\ncallflow: main   # the line\nscenarios:\n- name: Old   # kept\n  call: [ hangs-up ]\n\n- name: New\n  call: [ hangs-up ]\n\n# The rules.\nalways: [ { sends: { at-most: 3 } } ]\n`,
    );
  });

  it('takes several, and none where the list stands on one line', () => {
    const file = 'callflow: main\nscenarios:\n    - name: Old\n      call: [ hangs-up ]\n';
    const other = NEW.replace('New', 'Newer');
    const found = withScenarios(file, [NEW, other]) ?? '';
    expect(scenariosIn(found).map(({ scenario }) => scenario.name)).toEqual(['Old', 'New', 'Newer']);
    expect(withScenarios('callflow: main\nscenarios: [ { name: Old, call: [ hangs-up ] } ]\n', [NEW])).toBeNull();
  });
});
