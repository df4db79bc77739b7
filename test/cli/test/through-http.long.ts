import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { allScenarios, outcomeOf, playedHere, playedThroughHttp } from './http-world.ts';

it('every call of the repository goes through HTTP as in this process, or is skipped with a reason', async () => {
  const plays = (await allScenarios()).filter(({ play }) => play.callflow !== 'web-sign-in');
  const [here, there] = [await playedHere(plays), await playedThroughHttp(plays)];
  const skipped = new Set(
    there.flatMap(({ outcome, name, reason }) => (outcome === 'skipped' && reason ? [name] : [])),
  );
  const played = (each: { readonly name: string }): boolean => !skipped.has(each.name);
  expect(there.filter(played).map(outcomeOf)).toEqual(here.filter(played).map(outcomeOf));
  expect(skipped.size).toBeLessThan(plays.length / 4);
  const count = there.filter(({ outcome }) => outcome !== 'skipped').length;
  expect(await readFile('docs/qa.md', 'utf8')).toContain(`the ${count} of ${(await allScenarios()).length} shipped`);
}, 180_000);

it('is fast enough for every commit: 20 calls a second', async () => {
  const plays = (await allScenarios())
    .filter(({ play }) => play.scenario.name === 'Right code by text message')
    .slice(0, 1);
  const many = Array.from({ length: 300 }, () => plays).flat();
  const began = performance.now();
  const played = await playedThroughHttp(many);
  const seconds = (performance.now() - began) / 1000;
  expect(played.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  process.stdout.write(`${(many.length / seconds).toFixed(1)} calls a second through HTTP\n`);
  // Bounded generously: a machine may do something else besides.
  expect(many.length / seconds).toBeGreaterThan(5);
}, 180_000);
