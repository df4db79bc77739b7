import { WordReader } from '../../../core/call/heard-words.ts';
import { isDelivered, METHODS, type Method } from '../../../core/method.ts';
import type { Given } from '../../../core/scenario/scenario-schema.ts';
import type { OpenStage, ToPlay } from '../../../simulator/play-scenario.ts';
import { ServiceBook } from '../../../simulator/service-book.ts';
import type { RawEnvironment } from '../../environment.ts';
import type { FolderSources } from '../../library-files.ts';
import { openServersStore } from '../../open-store.ts';
import { accountPrompts } from './account-prompts.ts';
import { HttpStage } from './http-stage.ts';
import type { HttpStages } from './http-stages.ts';
import { LoopbackCompany } from './loopback-company.ts';
import { Names } from './names.ts';
import { OwnCustomer, type OwnServer } from './own-customer.ts';
import { ownSettings, type OwnSettings } from './own-settings.ts';
import { startServerProcess } from './server-process.ts';
import { startOf } from '../../../simulator/start-of.ts';
import { whyNotHere } from './why-skipped.ts';

type Closable = OwnServer & { close(): Promise<void> };

/**
 * Servers of our own: the product as it is shipped, each in a process and with a store of its own, and one company for
 * all of them. One server does but for scenarios in which senders are away: nobody listens at all where those servers
 * send.
 */
export class OwnStages implements HttpStages {
  readonly open: OpenStage = (scene) => this.stage(scene, false);
  readonly openInTime: OpenStage = (scene) => this.stage(scene, true);
  private readonly loopback: LoopbackCompany;
  private readonly settings: OwnSettings;
  private readonly names: Names;
  private readonly reader: WordReader;
  private readonly accountPrompts: ReadonlySet<string>;
  private readonly servers = new Map<string, Promise<Closable>>();

  private constructor(loopback: LoopbackCompany, settings: OwnSettings) {
    const { library } = settings;
    this.loopback = loopback;
    this.settings = settings;
    this.names = new Names((name) => loopback.knows(name));
    this.reader = new WordReader(library.flows.flatMap(({ wordings }) => [...wordings.values()]));
    this.accountPrompts = accountPrompts(library);
    loopback.serves(new ServiceBook(library.flows));
  }

  /** @throws DialproofError where the callflows or settings cannot be used, or the server does not start */
  static async start(sources: FolderSources, raw: RawEnvironment): Promise<OwnStages> {
    const loopback = await LoopbackCompany.start();
    try {
      const stages = new OwnStages(loopback, ownSettings(sources, raw, loopback));
      await stages.server([]);
      return stages;
    } catch (error) {
      await loopback.close();
      throw error;
    }
  }

  skips(play: ToPlay): string | null {
    return whyNotHere(play, this.settings.library, this.loopback.serviceUrl(''));
  }

  async close(): Promise<void> {
    const servers = await Promise.allSettled(this.servers.values());
    const running = servers.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    await Promise.all(running.map((server) => server.close()));
    await this.loopback.close();
  }

  private async stage({ callflow, given }: Parameters<OpenStage>[0], inTime: boolean): Promise<HttpStage> {
    const server = await this.server(unreachableIn(given));
    const { loopback, names, reader } = this;
    const start = startOf(this.settings.library, callflow, given);
    const customer = new OwnCustomer({ server, loopback, names, given, start });
    await customer.enrols();
    return new HttpStage({
      at: server.at,
      callflow,
      exits: this.settings.library.flow(callflow)?.callflow.exits ?? {},
      customer,
      reader,
      accountPrompts: this.accountPrompts,
      inTime,
    });
  }

  private server(unreachable: readonly Method[]): Promise<Closable> {
    const key = unreachable.join();
    const known = this.servers.get(key) ?? this.start(unreachable);
    this.servers.set(key, known);
    return known;
  }

  private async start(unreachable: readonly Method[]): Promise<Closable> {
    const settings = this.loopback.settings(unreachable);
    const process = await startServerProcess({
      ...this.settings.raw,
      ...settings,
    });
    const store = await openServersStore({ DATA_DIR: process.folder });
    const { TWILIO_ACCOUNT_SID: accountSid = '', TWILIO_AUTH_TOKEN: authToken = '' } = settings;
    return {
      at: {
        server: process.url,
        publicUrl: process.url,
        credentials: { accountSid, authToken },
      },
      store,
      async close() {
        await store.close();
        await process.close();
      },
    };
  }
}

function unreachableIn(given: Given): readonly Method[] {
  return METHODS.filter((method) => isDelivered(method) && given['sends-fail'][method] === 'unreachable');
}
