import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Explored } from '../../../src/cli/explore/explored.ts';
import { runExplore, type ExploreOptions } from '../../../src/cli/explore/run-explore.ts';
import { readSources } from '../../../src/cli/library-files.ts';
import { makeSimulator } from '../../../src/cli/test/make-simulator.ts';
import { PLANTED } from './planted.ts';

/** One scenario to begin with, so that what is found does not depend on those of test/calls. */
const BEGINNING = `callflow: two-factor
given: { customer: { email: ana@example.test, sms: "+12025550156" } }
scenarios:
  - name: Right code
    call: [ { press: sms }, { press: code } ]
`;

/** Calls to callflows/two-factor.yaml, always the same, with an engine that has this bug. */
export async function explored(
  bug: keyof typeof PLANTED | null,
  options: Partial<ExploreOptions> = {},
): Promise<Explored | null> {
  const sources = await readSources({ callflows: 'callflows', prompts: 'prompts' });
  const simulator = makeSimulator(sources, {}, bug === null ? {} : { aroundStore: PLANTED[bug] });
  const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-explore-'));
  try {
    const file = path.join(folder, 'beginning.yaml');
    await writeFile(file, BEGINNING);
    const { signal } = new AbortController();
    const always = { paths: [file], seed: 7, callflow: 'two-factor', jobs: 1, signal, simulator };
    return await runExplore({}, { calls: 200, ...always, ...options });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The failures that are told, each by its rule and its shortest call. */
export async function failures(bug: keyof typeof PLANTED, calls: number) {
  const found = await explored(bug, { calls });
  return found?.failures.map(({ found: { rule, given, steps } }) => ({ rule, customer: given.customer, steps }));
}

export const SMS = { sms: '+12025550156' };
export const WRONG = { press: 'wrong-code' };
