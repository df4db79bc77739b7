import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { progressBar } from '../../src/cli/explore/progress.ts';
import { emptyTally } from '../../src/simulator/explore/tally.ts';
import { explored } from '../simulator/explore/explored.ts';
import { Program } from '../support/process.ts';

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dialproof-explore-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...args: readonly string[]) {
  const program = new Program(args);
  const code = await program.exited;
  return { code, stdout: program.stdout, stderr: program.stderr };
}

it('the same seed makes the same calls, with one thread and with two', async () => {
  const seeded = ['explore', '--calls', '60', '--callflow', 'two-factor', '--seed', '5', '--json'];
  const [one, two] = await Promise.all([run(...seeded, '--jobs', '1'), run(...seeded, '--jobs', '2')]);
  expect(one).toMatchObject({ code: 0, stderr: '' });
  const told = JSON.parse(one.stdout) as Readonly<Record<string, unknown>>;
  expect(told).toMatchObject({ seed: 5, calls: 60, failures: [], callflows: [{ callflow: 'two-factor' }] });
  expect(JSON.parse(two.stdout)).toMatchObject({ threads: 2, callflows: told['callflows'] });
});

it('a call that breaks a rule is told, and written as a scenario that dialproof test fails on', async () => {
  const rule = path.join(folder, 'rule.yaml');
  await writeFile(
    rule,
    'callflow: two-factor\nalways: [ { ends: [agent, error] } ]\nscenarios: [ { name: Agent, call: [ { press: 0 } ] } ]\n',
  );
  const found = path.join(folder, 'found.yaml');
  const told = await run('explore', rule, '--calls', '50', '--callflow', 'two-factor', '--seed', '5', '--write', found);
  expect(told).toMatchObject({ code: 1, stderr: '' });
  expect(told.stdout).toContain('always: ends: [agent, error] does not hold. The call left by "success".');
  expect(told.stdout).toContain(`Written to ${found}`);
  expect(await readFile(found, 'utf8')).toContain(`    given:
      customer: { sms: "+12025550156" }
    call:
      - press: code            # at enter-code.sms
`);
  const played = await run('test', found);
  expect(played.code).toBe(1);
  expect(played.stdout).toContain('ends: [agent, error]');
  expect(await run('explore', '--write', found)).toMatchObject({ code: 2 });
});

it('a callflow that is not there is named, with those that are', async () => {
  const { code, stderr } = await run('explore', '--callflow', 'two-factors');
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'There is no callflow "two-factors".\nCallflows: main, otp-nodes, two-factor, web-sign-in.\n',
  });
});

it('whoever interrupts it gets what there is until then', async () => {
  const stop = new AbortController();
  const progress = () => ({ add: () => stop.abort(), stop: () => undefined });
  const ended = await explored(null, { calls: 900, signal: stop.signal, progress });
  expect(ended).toMatchObject({ interrupted: true, failures: [] });
  expect(ended?.calls).toBeGreaterThan(0);
  expect(ended?.calls).toBeLessThan(900);
});

it('on a terminal a bar shows how far it is', () => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 120 });
  const bar = progressBar(200, terminal as never);
  bar.add({ ...emptyTally(), callers: 50, paths: new Set(['a', 'b']) });
  bar.stop();
  expect(String(terminal.read())).toMatch(/█{6}░{18} 50\/200 calls, \d+ calls\/s, 2 paths, every rule holds/);
});
