import { startCompany } from '../support/company.ts';
import { ServerProcesses } from '../support/server-processes.ts';
import { play, scripts } from './scripted-call.ts';

/** What came of one call: what was heard, turn by turn, and what was counted. */
export interface Outcome {
  readonly heard: readonly string[];
  readonly counts: Awaited<ReturnType<ServerProcesses['counts']>>;
}

/** So many calls at a time. */
const LINES = 20;

/** The same calls on one instance, or on several whose webhooks alternate. */
export async function outcomes(calls: number, instances: number): Promise<readonly Outcome[]> {
  const company = await startCompany();
  const servers = await ServerProcesses.start({
    settings: { ...company.settings, LOG_LEVEL: 'silent' },
    hosts: [company.host],
    processes: instances,
    store: 'postgres',
  });
  try {
    const left = [...scripts(calls).entries()];
    const outcome: Outcome[] = [];
    const line = async (): Promise<void> => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const [index, script] = next;
        const account = String(40_000 + index);
        const { caller, heard } = await play(script, { account, address: servers.alternating, company });
        outcome[index] = { heard, counts: await servers.counts(caller) };
      }
    };
    await Promise.all(Array.from({ length: LINES }, line));
    return outcome;
  } finally {
    await servers.close();
    await company.close();
  }
}
