import { LineCaller } from './load/line-caller.ts';
import { VerifiedCall } from './load/verified-call.ts';
import { spreadOf, type Spread } from './load/spread.ts';
import { Company } from './servers/company.ts';
import { Installation } from './servers/dialproof.ts';

const CALLERS = 32;
const WARM_UP = 1500;

export interface Verified {
  /** Calls a second. */
  readonly perSecond: Spread;
  /** Processor time of the server for one call, microseconds. */
  readonly cpu: Spread;
}

/**
 * Whole calls that are verified: a start, the account (its methods are looked up, a code is made and sent), and the right
 * code. The company and its gateway answer at once, in the driver's process.
 */
export async function measureVerified(rounds: number, calls: number): Promise<Verified> {
  const company = await Company.open();
  const installation = await Installation.make();
  const server = await installation.start(company.settings);
  const caller = new LineCaller(server.target, CALLERS);
  const play = async (most: number): Promise<void> => {
    let begun = 0;
    const one = async (): Promise<void> => {
      while (begun++ < most) await caller.playWhole(new VerifiedCall(server.target, company.codes));
    };
    await Promise.all(Array.from({ length: CALLERS }, one));
  };
  const [perSecond, cpu]: [number[], number[]] = [[], []];
  await play(WARM_UP);
  for (let round = 0; round < rounds; round++) {
    const [began, before] = [performance.now(), server.cpu];
    await play(calls);
    perSecond.push((calls * 1000) / (performance.now() - began));
    cpu.push(((server.cpu - before) * 1000) / calls);
  }
  await caller.close();
  await server.stop();
  await installation.remove();
  await company.close();
  return { perSecond: spreadOf(perSecond), cpu: spreadOf(cpu) };
}
