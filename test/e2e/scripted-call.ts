import fc from 'fast-check';
import { Caller, said, type Address } from '../support/caller.ts';
import type { Company } from '../support/company.ts';

/** What somebody does at one question; a digit is pressed as it is. */
const ACTS = ['right', 'right', 'right', 'wrong', '*', '1', '2', '', '9'] as const;
type Act = (typeof ACTS)[number];

/** The same calls each time: what each caller does, question by question. */
export function scripts(calls: number): readonly (readonly Act[])[] {
  const acts = fc.array(fc.constantFrom(...ACTS), { minLength: 12, maxLength: 12 });
  return fc.sample(acts, { numRuns: calls, seed: 20_261_123 });
}

/** Plays one script to its end, or hangs up after it; answers with all that was heard. */
export async function play(
  script: readonly Act[],
  { account, address, company }: { readonly account: string; readonly address: Address; readonly company: Company },
): Promise<{ readonly caller: Caller; readonly heard: readonly string[] }> {
  const caller = new Caller(address);
  await caller.dials('two-factor', { AccountNumber: account });
  const heard = [said(caller.body)];
  for (const act of script) {
    if (caller.hasEnded || caller.dialled !== null) break;
    const code = company.codesOf(account).at(-1) ?? '';
    await (act === '' ? caller.isSilent() : caller.presses(keysOf(act, code)));
    heard.push(said(caller.body));
  }
  await caller.hangsUp();
  return { caller, heard };
}

function keysOf(act: Act, code: string): string {
  if (act === 'right') return code;
  if (act === 'wrong') return code === '000000' ? '000001' : '000000';
  return act;
}
