import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { graphOf } from '../../src/core/callflow/graph.ts';
import { playFile, simulatorOf } from './playing.ts';

/** Paths that a designer has to name and that no call can take, each with its reason. */
const NEVER = [
  // The service has named at least one method, else the call would have left by find-methods.none.
  'two-factor choose-method.none',
  'otp-nodes selector.none',
  'web-sign-in choose-method.none',
  // `collect` hands on six digits or none at all; nothing is submitted blank but under the settings of the OTP nodes.
  'two-factor check.blank',
  'web-sign-in check.blank',
  // The OTP nodes know no authenticator, and everything else is sent.
  'otp-nodes sender.nothing-to-send',
];

const files = readdirSync('test/calls').map((name) => `test/calls/${name}`);
const simulator = simulatorOf();

describe('the calls of test/calls', async () => {
  const played = await Promise.all(files.map((file) => playFile(readFileSync(file, 'utf8'), simulator)));
  const all = played.flat();

  it('go as they are written', () => {
    expect(all.filter(({ failure }) => failure !== undefined).map(({ name, failure }) => [name, failure])).toEqual([]);
    expect(all.length).toBeGreaterThan(100);
  });

  it('take every path of the shipped callflows that a call can take', () => {
    const taken = new Set(
      all.flatMap((each) => each.taken.map(({ callflow, block, path }) => `${callflow} ${block}.${path}`)),
    );
    const missed = simulator.library.flows.flatMap(({ callflow }) =>
      graphOf(callflow).edges.flatMap(({ from, path }) =>
        taken.has(`${callflow.name} ${from}.${path}`) ? [] : [`${callflow.name} ${from}.${path}`],
      ),
    );
    expect(missed.toSorted()).toEqual(NEVER.toSorted());
  });
});
