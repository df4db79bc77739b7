import { CODE_PROVIDERS } from '../adapters/codes/index.ts';
import { writeTwiml } from '../adapters/channels/twilio/twiml.ts';
import { HANDOVERS } from '../adapters/handover/index.ts';
import { openMemoryStore, type OpenedMemory } from '../adapters/stores/memory/open-memory-store.ts';
import { readXml } from '../adapters/web-service/xml-reader.ts';
import { CodeCalls } from '../app/code-calls.ts';
import { Engine } from '../app/engine.ts';
import type { Log, Parts } from '../app/parts.ts';
import type { LoadedLibrary } from '../core/callflow/library.ts';
import { WordReader } from '../core/call/heard-words.ts';
import type { PathTaken } from '../core/call/world.ts';
import type { Delivery } from '../core/contracts/delivery.ts';
import type { Store } from '../core/contracts/store.ts';
import type { Keyring } from '../core/contracts/keyring.ts';
import { silent } from '../core/contracts/telemetry.ts';
import type { Given } from '../core/scenario/scenario-schema.ts';
import type { Method } from '../core/method.ts';
import { Application } from './application.ts';
import { Company } from './company.ts';
import { ServiceBook } from './service-book.ts';
import { codeCallLink, LINKS } from './links.ts';
import { SimulatedStage } from './simulated-stage.ts';
import type { Stage } from './stage.ts';
import { startOf } from './start-of.ts';
import { VerbReply } from './verb-reply.ts';
import { VirtualClock } from './virtual-clock.ts';
import { withFaults } from './faults.ts';

/** What simulated calls are made of; the settings decide the rest, as they do for a server. */
export interface SimulatorParts extends Pick<Parts, 'budgets' | 'noticeBudgets' | 'lookups'> {
  readonly library: LoadedLibrary;
  /** The senders that these settings have: they say where a code may go, and nothing is sent. */
  readonly deliveries: ReadonlyMap<Method, Delivery>;
  /** Stands between the engine and the store of each stage: whoever tests the simulator breaks something there. */
  readonly aroundStore?: (opened: OpenedMemory) => Store;
}

export interface SceneOptions {
  readonly callflow: string;
  readonly given: Given;
  readonly took?: (taken: PathTaken) => void;
  /** Hears of faults of ours, which a call survives. */
  readonly fault?: (reason: string) => void;
}

/**
 * The product without its telephone, network and disk: the real turn engine, core, code makers and limits on a clock that
 * goes as fast as the machine can. Each stage begins with an empty store.
 */
export class Simulator {
  readonly library: LoadedLibrary;
  private readonly parts: SimulatorParts;
  readonly reader: WordReader;
  private readonly book: ServiceBook;
  private readonly senders: readonly Delivery[];

  constructor(parts: SimulatorParts) {
    this.parts = parts;
    this.library = parts.library;
    this.reader = new WordReader(parts.library.flows.flatMap(({ wordings }) => [...wordings.values()]));
    this.book = new ServiceBook(parts.library.flows);
    this.senders = [...parts.deliveries.values()].map(remembered);
  }

  open({ callflow, given, took, fault }: SceneOptions): Stage {
    const clock = new VirtualClock();
    const company = new Company(given, { book: this.book, clock, readXml });
    const opened = openMemoryStore({ keyring: KEYRING });
    const { store: kept, keyring } = opened;
    const store = withFaults(this.parts.aroundStore?.(opened) ?? kept, given.breaks);
    const parts = this.partsOf({ clock, company, store, keyring, took, fault });
    const application = given.customer?.authenticator === true ? new Application(store, clock) : null;
    return new SimulatedStage({
      engine: new Engine(parts, { isTestNumber: () => false, channel: this.channelOf(callflow) }),
      codeCalls: new CodeCalls(parts, codeCallLink),
      store: kept,
      clock,
      company,
      keyring,
      application,
      callflow: { name: callflow, ...startOf(this.library, callflow, given) },
      given,
      reader: this.reader,
    });
  }

  private channelOf(callflow: string): 'voice' | 'web' {
    const flow = this.library.flow(callflow);
    return flow === undefined || flow.callflow.signIn === null ? 'voice' : 'web';
  }

  private partsOf(
    scene: Pick<Parts, 'clock' | 'store'> & {
      readonly clock: VirtualClock;
      readonly company: Company;
      readonly keyring: Keyring;
      readonly took: SceneOptions['took'];
      readonly fault: SceneOptions['fault'];
    },
  ): Parts {
    const { clock, company, store, keyring, took, fault } = scene;
    const { library, budgets, noticeBudgets, lookups } = this.parts;
    const deliveries = new Map(this.senders.map((sender) => [sender.method, company.delivery(sender)]));
    const providers = {
      internal: CODE_PROVIDERS.internal({ keyring, deliveries }),
      external: CODE_PROVIDERS.external({ webService: company }),
      authenticator: CODE_PROVIDERS.authenticator({ store, now: () => clock.now() }),
      deliveries,
    };
    let tokens = 0;
    return {
      store,
      libraries: {
        newest: library,
        of: (revision) => Promise.resolve(revision === library.revision ? library : undefined),
      },
      clock,
      random: { token: () => `simulated${(tokens += 1)}` },
      providers: () => providers,
      webService: company,
      handover: HANDOVER,
      links: LINKS,
      write: (verbs) => new VerbReply(verbs, writeTwiml),
      budgets,
      noticeBudgets,
      lookups,
      log: logOf(fault),
      telemetry: silent,
      ...(took === undefined ? {} : { took: () => took }),
    };
  }
}

/** Nothing of a simulated call leaves the process: what would be hashed elsewhere is only kept apart here. */
const KEYRING: Keyring = { mac: (purpose, parts) => `${purpose}\0${parts.join('\0')}` };

/** Its key proves nothing to anybody. */
const HANDOVER = HANDOVERS.query('simulated');

function logOf(fault: SceneOptions['fault']): Log {
  const nothing = (): void => {};
  return {
    info: nothing,
    warn: nothing,
    error: (fields, message) => fault?.([message, ...reasonsIn(fields)].join(': ')),
  };
}

function reasonsIn(fields: object): readonly string[] {
  return ['task', 'error', 'reason'].flatMap((name) => {
    const value: unknown = (fields as Readonly<Record<string, unknown>>)[name];
    return typeof value === 'string' ? [value] : [];
  });
}

/** Reading a number takes longer than the rest of a turn, and simulated customers have few. */
function remembered(sender: Delivery): Delivery {
  const known = new Map<string, string | null>();
  return {
    method: sender.method,
    deliver: (message) => sender.deliver(message),
    canonical(destination, lines = []) {
      const key = `${destination}\0${lines.join('\0')}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const found = sender.canonical(destination, lines);
      known.set(key, found);
      return found;
    },
  };
}
