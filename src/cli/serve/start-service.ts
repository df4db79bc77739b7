import { mkdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { writeTwiml } from '../../adapters/channels/twilio/twiml.ts';
import { clock as systemClock } from '../../adapters/clock.ts';
import { REPORTS } from '../../adapters/delivery/reports.ts';
import { entropy } from '../../adapters/entropy.ts';
import { HANDOVERS } from '../../adapters/handover/index.ts';
import { Dependencies } from '../../adapters/outbound/dependency.ts';
import { toldStore } from '../../adapters/stores/told-store.ts';
import { WEB_SERVICES } from '../../adapters/web-service/index.ts';
import { CodeCalls } from '../../app/code-calls.ts';
import { Engine } from '../../app/engine.ts';
import { KeptLibraries } from '../../app/kept-libraries.ts';
import type { Libraries, Log, Parts } from '../../app/parts.ts';
import { Readiness } from '../../app/readiness.ts';
import type { LibraryTexts, LoadedLibrary, loadLibrary } from '../../core/callflow/library.ts';
import type { Clock } from '../../core/contracts/clock.ts';
import type { Keyring } from '../../core/contracts/keyring.ts';
import type { Store } from '../../core/contracts/store.ts';
import type { Telemetry } from '../../core/contracts/telemetry.ts';
import { DialproofError } from '../../core/errors.ts';
import type { Demo } from '../../demo/start-demo.ts';
import { codeCallLinks } from '../../server/delivery-links.ts';
import { Recordings } from '../../server/recordings.ts';
import { createServer } from '../../server/server.ts';
import { voiceLinks } from '../../server/voice-links.ts';
import {
  checkEnvironment,
  invalid,
  publicUrlOf,
  retentionOf,
  type Environment,
  type RawEnvironment,
} from '../environment.ts';
import { openStore } from '../open-store.ts';
import { loadKept, type FolderSources, type LibraryFolders } from '../library-files.ts';
import { createTelemetry } from './create-telemetry.ts';
import { providersByLibrary } from './providers.ts';
import { demoEnvironment } from './demo-environment.ts';
import { demoPagesOf } from './demo-pages.ts';
import { listen } from './listen.ts';
import { foldersOf, planApology, planService, type ServicePlan } from './plan-service.ts';
import { readSecrets } from './secrets.ts';
import { lookupBudgets, noticeBudgets, sendBudgets } from './send-budgets.ts';
import { createWebSignIn } from './web-sign-in.ts';

/** A running server. */
export interface Service {
  readonly publicUrl: string;
  /** Where it listens. */
  readonly host: string;
  readonly port: number;
  readonly demo: Demo | null;
  readonly warnings: readonly string[];
  readonly folders: LibraryFolders;
  /** What the next start begins in; without a callflow where it was started with some that cannot be used. */
  readonly library: LoadedLibrary;
  /**
   * From here on every start begins in what these files hold; calls in progress finish in what they began in.
   * @throws DialproofError with all that is wrong, as at the start; then nothing changes
   */
  publish(sources: FolderSources): Promise<Pick<ServicePlan, 'library' | 'warnings'>>;
  /** Is not ready from now on, for DRAIN_FOR; finishes the turns and tasks in flight, then stops. */
  close(): Promise<void>;
}

/** Milliseconds between two sweeps of the store. */
const SWEEP_EVERY = 60_000;
export interface ServiceOptions {
  readonly makeLog: (level: string) => Log;
  /** The machine's own clock unless given. */
  readonly clock?: Clock;
  /** What stands between the service and its store: nothing unless given. */
  readonly aroundStore?: (store: Store) => Store;
  /** How files become a library; checked by all rules unless given. */
  readonly load?: typeof loadLibrary;
  /** Starts without callflows where they cannot be used: until some are published, every start gets the apology. */
  readonly withoutCallflows?: boolean;
}

/** Starts everything from the environment. @throws DialproofError with all problems together, before anything listens */
export async function startService(raw: RawEnvironment, options: ServiceOptions): Promise<Service> {
  const clock = options.clock ?? systemClock;
  const production = checkEnvironment(raw).environment.NODE_ENV === 'production';
  const demo = production
    ? null
    : await (await import('../../demo/start-demo.ts')).startDemo({ now: () => clock.now() });
  try {
    return await start(demo === null ? raw : demoEnvironment(raw, demo), { ...options, demo, clock });
  } catch (error) {
    await demo?.close();
    throw error;
  }
}

async function start(
  raw: RawEnvironment,
  options: ServiceOptions & { readonly demo: Demo | null; readonly clock: Clock },
): Promise<Service> {
  const { demo, clock } = options;
  const production = demo === null;
  const recordings = new Recordings();
  const planning = { production, recordings, ...(options.load === undefined ? {} : { load: options.load }) };
  const { environment, library, warnings } = await planService(raw, planning).catch((error: unknown) => {
    if (options.withoutCallflows === true && error instanceof DialproofError) return planApology(raw);
    throw error;
  });
  await makeFolder(environment.DATA_DIR);
  const secrets = await readSecrets(environment, demo !== null);
  const log = options.makeLog(environment.LOG_LEVEL);
  const { store: opened, keyring } = await openStore(environment, {
    secretKeys: secrets.secretKeys,
    onError: (error) => log.error({ error: error.code, reason: error.message }, 'the store failed'),
  });
  /** A start that fails leaves nothing open: the connections of a pool would hold the process. */
  const orClosed = <T>(step: Promise<T>): Promise<T> =>
    step.catch(async (error: unknown) => {
      await opened.close();
      throw error;
    });
  const { telemetry, metrics, ...telling } = await orClosed(createTelemetry(environment, log));
  const store = toldStore(options.aroundStore?.(opened) ?? opened, telemetry);
  const load = (texts: LibraryTexts, revision: string): LoadedLibrary => loadKept(texts, revision, raw);
  const libraries = new KeptLibraries(library, { store, clock, log, load });
  await orClosed(libraries.keep());
  const listening = await orClosed(listen({ host: environment.HOST, port: environment.PORT }));
  // PORT 0 is any free port: only now is it known.
  const publicUrl = publicUrlOf({ ...environment, PORT: listening.port });
  const [authToken = ''] = secrets.authTokens;
  const { parts, engine, codeCalls } = createEngine({
    environment,
    libraries,
    recordings,
    authToken,
    store,
    keyring,
    publicUrl,
    log,
    telemetry,
    clock,
    production,
  });
  const readiness = new Readiness(parts);
  const webSignIn = await orClosed(createWebSignIn(parts, { environment, keys: secrets.signInKeys, publicUrl }));
  const asks = { port: listening.port, key: secrets.signInKeys[0] ?? '' };
  const demoPages = demo === null ? {} : { demo: await demoPagesOf(demo, { store, keyring, publicUrl, clock, asks }) };
  listening.serve(
    createServer({
      engine,
      codeCalls,
      readiness,
      log,
      telemetry,
      metrics: {
        tokens: environment.METRICS_TOKEN,
        read: async () => metrics.read((await readiness.reasons()).length === 0),
      },
      publicUrl,
      recordings,
      tokens: secrets.authTokens,
      reports: { sms: REPORTS.sms[environment.SMS_PROVIDER] },
      trustedProxies: environment.TRUSTED_PROXIES,
      ...(webSignIn === null ? {} : { signIn: webSignIn.options }),
      ...demoPages,
    }),
  );
  const retention = retentionOf(environment);
  const sweep = (): void => {
    const kept = libraries.keep().then(() => store.sweep(clock.now(), retention));
    kept.then(
      () => telemetry.count({ kind: 'sweep', outcome: 'done' }),
      () => {
        telemetry.count({ kind: 'sweep', outcome: 'failed' });
        log.error({}, 'the store could not be swept');
      },
    );
  };
  sweep();
  const sweeps = setInterval(sweep, SWEEP_EVERY);
  const close = async (): Promise<void> => {
    clearInterval(sweeps);
    readiness.stop();
    listening.drain();
    await pause(environment.DRAIN_FOR);
    await listening.close();
    await Promise.all([engine.settled(), webSignIn?.settled()]);
    await store.close();
    await telling.close();
    await demo?.close();
  };
  return {
    publicUrl,
    host: environment.HOST,
    port: listening.port,
    demo,
    warnings,
    folders: foldersOf(environment),
    get library() {
      return libraries.newest;
    },
    async publish(sources) {
      const plan = await planService(raw, { ...planning, sources });
      await libraries.publish(plan.library);
      return plan;
    },
    close,
  };
}

interface EngineSetup {
  readonly recordings: Recordings;
  readonly environment: Environment;
  readonly libraries: Libraries;
  /** The newest. */
  readonly authToken: string;
  readonly store: Store;
  readonly keyring: Keyring;
  readonly publicUrl: string;
  readonly log: Log;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly production: boolean;
}

function createEngine(setup: EngineSetup): {
  readonly parts: Parts;
  readonly engine: Engine;
  readonly codeCalls: CodeCalls;
} {
  const { environment, libraries, recordings, authToken, store, keyring, publicUrl, clock, production } = setup;
  const { log, telemetry } = setup;
  const dependencies = new Dependencies((dependency, fault) => {
    telemetry.count({ kind: 'circuit', dependency, open: fault !== null });
    if (fault === null) log.info({ dependency }, 'a dependency answers again: its circuit is closed');
    else log.warn({ dependency, reason: fault }, 'a dependency fails again and again: its circuit is open');
  }, telemetry);
  const webService = WEB_SERVICES.http({ hosts: environment.SERVICE_HOSTS, dependencies });
  const parts: Parts = {
    store,
    libraries,
    clock,
    random: entropy,
    providers: providersByLibrary({ environment, keyring, publicUrl, dependencies, webService, store, clock }),
    webService,
    handover: HANDOVERS.query(authToken),
    links: voiceLinks(publicUrl, recordings),
    write: writeTwiml,
    budgets: sendBudgets(environment, production),
    noticeBudgets: noticeBudgets(environment, production),
    lookups: lookupBudgets(environment, production),
    log,
    telemetry,
  };
  return {
    parts,
    engine: new Engine(parts, { isTestNumber: (to) => environment.TEST_NUMBERS.includes(to) }),
    codeCalls: new CodeCalls(parts, codeCallLinks(publicUrl)),
  };
}

/** @throws DialproofError `settings-invalid` */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw invalid([`DATA_DIR cannot be made (${code})`]);
  }
}
