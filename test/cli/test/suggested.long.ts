import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { project, test } from './project.ts';

vi.setConfig({ testTimeout: 90_000 });

/** A scenario taken out of its file. */
async function without(folder: string, file: string, name: string): Promise<void> {
  const place = path.join(folder, 'test/calls', file);
  const scenarios = (await readFile(place, 'utf8')).split(/(?=^ {2}- name: )/m);
  expect(scenarios.filter((each) => each.includes(name))).toHaveLength(1);
  await writeFile(place, scenarios.filter((each) => !each.includes(name)).join(''));
}

/** Index of the line that holds this. */
function lines(text: string, held: string): number {
  return text.split('\n').findIndex((line) => line.includes(held));
}

it('names the path that nobody tests any more with its line when a scenario is taken out, and suggests one', async () => {
  const folder = await project();
  await without(folder, 'main.yaml', 'The balance again, and nobody is asked for a second code');
  const line = 1 + lines(await readFile(path.join(folder, 'callflows/main.yaml'), 'utf8'), 'keys: { 1: identify');
  const missing = await test(folder, '--coverage', '--threshold', '100', '--reporter', 'dot');
  expect(missing.stderr).toContain(`callflows/main.yaml:${line}:16  anything-else: 1 -> identify`);
  expect(missing.stderr).toContain('below the threshold of 100 %');
  expect(missing.code).toBe(1);
  const suggested = await test(folder, '--suggest', '--reporter', 'dot');
  expect(suggested.stderr).toContain('Written: test/calls/suggested-main.yaml (1 scenario)');
  const covered = await test(folder, '--coverage', '--threshold', '100', '--reporter', 'dot');
  expect(covered.stderr).toMatch(/^all .*\(100 %\)$/m);
  expect(covered.code).toBe(0);
});
