import { expect, it } from 'vitest';
import { Program } from '../support/process.ts';

it('50,000 callers find nothing that breaks a rule, and take a minute on two cores', { timeout: 900_000 }, async () => {
  const program = new Program(['explore', '--calls', '50000', '--json']);
  expect(await program.exited).toBe(0);
  const { calls, ms, seed, failures } = JSON.parse(program.stdout) as Readonly<Record<string, unknown>>;
  expect({ calls, failures }, `seed ${String(seed)}`).toEqual({ calls: 50_000, failures: [] });
  // Room for machines that do something else besides.
  expect(ms).toBeLessThan(600_000);
});
