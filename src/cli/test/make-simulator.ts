import { CALLFLOW_VARIABLES, mayUse, referencesIn } from '../../core/callflow/environment.ts';
import { readProject, type Project } from '../../core/callflow/project.ts';
import { Simulator, type SimulatorParts } from '../../simulator/simulator.ts';
import { checkEnvironment, type RawEnvironment } from '../environment.ts';
import { foldersIn } from '../check/check-files.ts';
import { loadSources, readSources, type FolderSources } from '../library-files.ts';
import { createDeliveries } from '../serve/deliveries.ts';
import { lookupBudgets, noticeBudgets, sendBudgets } from '../serve/send-budgets.ts';

/** The simulator of the files that the settings name. @throws DialproofError `callflow-invalid`, `settings-invalid` */
export async function readSimulator(
  raw: RawEnvironment,
): Promise<{ readonly simulator: Simulator; readonly sources: FolderSources }> {
  const sources = await readSources(foldersIn(raw));
  return { simulator: makeSimulator(sources, raw), sources };
}

/** The simulator of these files, by these settings. @throws DialproofError `callflow-invalid`, `settings-invalid` */
export function makeSimulator(
  sources: FolderSources,
  raw: RawEnvironment,
  broken: Pick<SimulatorParts, 'aroundStore'> = {},
): Simulator {
  const simulated = simulatedEnvironment(sources, raw);
  const { environment } = checkEnvironment(simulated);
  const library = loadSources(sources, { environment: simulated, defaultLocale: environment.DEFAULT_LOCALE });
  return new Simulator({
    library,
    deliveries: createDeliveries(environment, library),
    budgets: sendBudgets(environment, false),
    noticeBudgets: noticeBudgets(environment, false),
    lookups: lookupBudgets(environment, false),
    ...broken,
  });
}

/** The same files as the rules and the picture see them. */
export function readFiles(sources: FolderSources, raw: RawEnvironment): Project {
  const environment = simulatedEnvironment(sources, raw);
  const { DEFAULT_LOCALE: defaultLocale } = checkEnvironment(environment).environment;
  return readProject(sources, { environment, defaultLocale }).project;
}

/**
 * The settings, and something for each that the callflows name and nobody has set: no simulated call leads outside, and
 * an exit without an address would be another exit. Senders are set so that every method can be sent by.
 */
function simulatedEnvironment(sources: FolderSources, raw: RawEnvironment): RawEnvironment {
  const named = sources.callflows.flatMap(({ text }) => referencesIn(text)).filter(mayUse);
  const unset = [...new Set([...CALLFLOW_VARIABLES, ...named])].filter((name) => (raw[name] ?? '').trim() === '');
  return {
    ...raw,
    ...Object.fromEntries(unset.map((name) => [name, placeholder(name)])),
    ...SENDERS,
  };
}

function placeholder(name: string): string {
  if (name.endsWith('NUMBER')) return '+12025550199';
  return `https://${name.toLowerCase().replaceAll('_', '-')}.simulator.invalid/`;
}

/** Nothing is ever sent by them. */
const SENDERS = {
  EMAIL_SMTP_HOST: 'mail.simulator.invalid',
  EMAIL_SMTP_TLS: 'required',
  EMAIL_SMTP_USER: '',
  EMAIL_SMTP_PASSWORD: '',
  SMS_PROVIDER: 'gateway',
  SMS_METHOD: 'POST',
  SMS_URL: 'https://sms.simulator.invalid/',
  SMS_REQUEST_HEADERS: '',
  SMS_REQUEST_BODY: '',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'simulated',
  TWILIO_API_URL: '',
  SECRET_KEY: '',
} as const;
