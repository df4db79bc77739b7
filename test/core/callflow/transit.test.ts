import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, type Flow, type FlowEvent } from '../../../src/core/callflow/compile.ts';
import { NO_FACTS } from '../../../src/core/callflow/facts.ts';
import { enter, tell, type Transit } from '../../../src/core/callflow/transit.ts';
import type { Facts } from '../../../src/core/call/session.ts';
import { shippedLibrary } from '../support.ts';

const LISTENING = ['silence', 'wrong-key', 'again', 'partial', 'unknown path'];
const found = [
  { method: 'sms', destination: '+12025550156' },
  { method: 'email', destination: 'ana@example.test' },
] as const;

describe('where a callflow goes on', () => {
  it('is what xstate says, whether calls have come that way before or not', () => {
    const { flows } = shippedLibrary();
    const used = flows.map((flow) => again(flow));
    const aCall = fc.record({
      flow: fc.nat(used.length - 1),
      event: fc.array(fc.record({ which: fc.nat(40), methods: fc.nat(2), chosen: fc.boolean() }), { maxLength: 12 }),
    });
    fc.assert(
      fc.property(aCall, ({ flow: index, event: events }) => {
        const flow = used[index] as Flow;
        let at = both(flow, (machine) => enter(machine, NO_FACTS));
        for (const { which, methods, chosen } of events) {
          const known = [...Object.keys(flow.paths.get(at.block) ?? {}), ...LISTENING];
          if (!flow.callflow.blocks.has(at.block)) break;
          const event: FlowEvent = {
            type: known[which % known.length] ?? '',
            variables: { Account: String(which) },
            ...(chosen ? { chosen: 'sms' } : {}),
            result: { path: '', found: found.slice(0, methods), tallies: { sends: which % 3 } },
          };
          const { block, facts } = at;
          at = both(flow, (machine) => tell(machine, { block, facts }, event));
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** The same by a machine that no call has used. */
function both(flow: Flow, transit: (machine: Flow['machine']) => Transit): Transit {
  const travelled = transit(flow.machine);
  expect(plain(travelled)).toEqual(plain(transit(again(flow).machine)));
  return travelled;
}

function again({ callflow, wordings }: Flow): Flow {
  return compile(callflow, { wordings });
}

function plain({ block, facts, effects }: Transit): { block: string; facts: Facts; effects: unknown } {
  return { block, facts, effects: JSON.parse(JSON.stringify(effects)) };
}
