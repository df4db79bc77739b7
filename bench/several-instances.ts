import { closedLoop } from './load/closed-loop.ts';
import { spreadOf, type Spread } from './load/spread.ts';
import { Installation } from './servers/dialproof.ts';
import { Postgres } from './servers/postgres.ts';
import { cpuOf, type ServerProcess } from './servers/server-process.ts';

const CALLERS = 64;
const WARM_UP = 6000;

export interface Instances {
  readonly instances: number;
  /** Turns a second, of all together. */
  readonly perSecond: Spread;
  /** Processor time of one turn, microseconds: of all instances, of PostgreSQL, of the driver. */
  readonly cpu: { readonly instances: Spread; readonly postgres: Spread; readonly driver: Spread };
}

/** The same callers at one instance on a PostgreSQL, and at two, in turn. */
export async function measureInstances(rounds: number, ms: number): Promise<readonly Instances[]> {
  const postgres = await Postgres.start();
  const installation = await Installation.make();
  const settings = { DATABASE_URL: postgres.url };
  const servers = [await installation.start(settings), await installation.start(settings)];
  const measured = [servers.slice(0, 1), servers].map((used) => ({ used, seen: [] as Seen[] }));
  for (const { used } of measured) await together(used, { most: WARM_UP });
  for (let round = 0; round < rounds; round++) {
    for (const { used, seen } of measured) seen.push(await oneRound(used, postgres, ms));
  }
  for (const server of servers) await server.stop();
  await installation.remove();
  await postgres.stop();
  return measured.map(({ used, seen }) => {
    const spread = (of: (each: Seen) => number): Spread => spreadOf(seen.map(of));
    const cpu = {
      instances: spread((each) => each.instances),
      postgres: spread((each) => each.postgres),
      driver: spread((each) => each.driver),
    };
    return { instances: used.length, perSecond: spread((each) => each.perSecond), cpu };
  });
}

interface Seen {
  readonly perSecond: number;
  readonly instances: number;
  readonly postgres: number;
  readonly driver: number;
}

async function oneRound(servers: readonly ServerProcess[], postgres: Postgres, ms: number): Promise<Seen> {
  const used = async () => ({
    instances: servers.reduce((sum, { cpu }) => sum + cpu, 0),
    postgres: await postgres.cpu(),
    driver: cpuOf(process.pid),
  });
  const before = await used();
  const { turns, perSecond } = await together(servers, { ms });
  const after = await used();
  const each = (of: keyof typeof after): number => ((after[of] - before[of]) * 1000) / turns;
  return { perSecond, instances: each('instances'), postgres: each('postgres'), driver: each('driver') };
}

async function together(servers: readonly ServerProcess[], load: { readonly ms?: number; readonly most?: number }) {
  const callers = CALLERS / servers.length;
  const loops = await Promise.all(servers.map(({ target }) => closedLoop(target, { callers, ...load })));
  const sum = (of: 'turns' | 'perSecond'): number => loops.reduce((all, loop) => all + loop[of], 0);
  return { turns: sum('turns'), perSecond: sum('perSecond') };
}
