/**
 * `npm run phone`: three real calls on this machine, and how loud each prompt came out of the caller's phone. Ends with
 * 1 where a prompt is silent or a call ends otherwise than it should; with 0 and a reason where a program is missing.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { makeCall, type CallPlan } from './call.ts';
import { missingPackages } from './missing-packages.ts';
import { loudness, RATE } from './recording.ts';
import { setStage, type Closers, type Stage } from './stage.ts';
import { isSilent, table, type Row } from './table.ts';

const CEILING_MS = 240_000;

const CALLS: readonly CallPlan[] = [
  {
    name: 'balance',
    keys: '1001#,2,{code}',
    bargesIn: false,
    ends: { by: 'line', bargedIn: false, dialled: null, exit: 'success', attempts: 1 },
  },
  {
    name: 'agent',
    keys: '1001#,0',
    bargesIn: false,
    ends: { by: 'line', bargedIn: false, dialled: 'completed', exit: 'agent', attempts: 0 },
  },
  {
    name: 'barge-in',
    keys: '1003#,{wrong},{code},{hangup}',
    bargesIn: true,
    ends: { by: 'caller', bargedIn: true, dialled: null, exit: null, attempts: 2 },
  },
];

/** Whether all was as it should be. */
async function run(folder: string, closers: Closers): Promise<boolean> {
  const stage = await setStage(folder, closers);
  const rows: Row[] = [];
  let good = true;
  for (const plan of CALLS) {
    const caller = await stage.callerFor(plan.name);
    const { end, heard } = await makeCall(plan, { ...stage, caller });
    await caller.stop();
    const sound = await caller.heard();
    rows.push(...heard.map((prompt) => ({ call: plan.name, ...prompt, loudness: loudness(sound, prompt) })));
    const asExpected = isDeepStrictEqual(end, plan.ends);
    good &&= asExpected;
    print(
      `${plan.name}: ${JSON.stringify(end)}, ${asExpected ? 'as' : `not ${JSON.stringify(plan.ends)} as`} expected`,
    );
  }
  rows.push(await heardByAgent(stage));
  print(`\n${table(rows)}`);
  const silent = rows.filter(isSilent);
  for (const { call, words } of silent) print(`Silent in the call "${call}": ${words}`);
  return good && silent.length === 0;
}

async function heardByAgent({ agent }: Stage): Promise<Row> {
  await agent.stop();
  const sound = await agent.heard();
  const whole = { from: 0, to: sound.length / RATE };
  return { call: 'agent', words: '(the caller, at the agent)', cut: false, ...whole, loudness: loudness(sound, whole) };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The exit code. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false } } });
  const missing = missingPackages();
  if (missing.length > 0) {
    print(
      `Skipped: no call can be made here without ${missing.join(', ')}. On Debian: apt-get install ${missing.join(' ')}`,
    );
    return 0;
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-phone-'));
  const closers: Closers = [];
  const interrupted = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`It was not over after ${CEILING_MS / 1000} s.`)), CEILING_MS);
    // Such as a pipe that nobody reads any more: the processes are ended all the same.
    process.on('uncaughtException', reject);
    for (const signal of ['SIGINT', 'SIGTERM'])
      process.once(signal, () => reject(new Error(`${signal} has interrupted it.`)));
  });
  try {
    return (await Promise.race([run(folder, closers), interrupted])) ? 0 : 1;
  } catch (error) {
    return failed(error);
  } finally {
    for (const close of closers.splice(0)) await close();
    if (values.keep) print(`\nKept: ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

function failed(error: unknown): number {
  process.stderr.write(`Failed: ${error instanceof Error ? error.stack : String(error)}\n`);
  return 1;
}

process.exit(await main().catch(failed));
