/** Where callers go once a limit of the MicroApp is used up: its own path, or the one that the Link block wires (G55). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { World } from '../support/world.ts';

const AGENT = '+12025550199';
const TOLD = 'Nobody could be sure that it is you.';

let world: World;
beforeAll(async () => {
  world = await World.open({
    edit: {
      'callflows/two-factor.yaml': [['spacing: 20s', 'spacing: 0']],
      'callflows/main.yaml': [
        [
          'paths: { success: balance, agent: agent, error: error }',
          'paths: { success: balance, agent: told, error: error }',
        ],
        ['  say-balance:', '  told: { say: told, next: agent }\n\n  say-balance:'],
      ],
      'prompts/en-US/main.yaml': [['prompts:\n', `prompts:\n  told: "${TOLD}"\n`]],
      'prompts/es-ES/main.yaml': [['prompts:\n', 'prompts:\n  told: "Nadie pudo confirmar que es usted."\n']],
    },
  });
});
afterAll(() => world.close());

/** Accounts of their own with an email address, so that the failures of one test are not those of the next. */
let accounts = 300_000;
async function times(most: number, act: () => Promise<unknown>): Promise<void> {
  for (let n = 0; n < most; n++) await act();
}

const LIMITS: readonly (readonly [string, (caller: Caller) => Promise<void>])[] = [
  ['G54 three wrong codes', (caller) => times(3, () => caller.presses(world.wrongCode))],
  [
    'G52 a fourth code asked for',
    (caller) =>
      times(3, async () => {
        await caller.presses('*');
        await caller.presses('2');
      }),
  ],
  ['nothing said three times', (caller) => times(3, () => caller.isSilent())],
  [
    'a key that is none of the menu three times',
    async (caller) => {
      await caller.presses('*');
      await times(3, () => caller.presses('9'));
    },
  ],
];

describe('G55: the path of a limit', () => {
  it.each(LIMITS)('%s: is that of the callflow itself where it is dialled', async (_what, act) => {
    const caller = await world.caller().dials('two-factor', { AccountNumber: `9${(accounts += 1)}` });
    await act(caller);
    expect(caller.heard).not.toContain(TOLD);
    expect(caller.dialled).toBe(AGENT);
    expect((await world.counts(caller)).grants).toBe(0);
  });

  it.each(LIMITS)('%s: is the one that the link wires where it is linked', async (_what, act) => {
    const caller = await world.caller().dials('main');
    await caller.presses(`9${(accounts += 1)}`);
    await act(caller);
    expect(caller.heard).toContain(TOLD);
    expect(caller.dialled).toBe(AGENT);
    expect((await world.counts(caller)).grants).toBe(0);
  });
});
