import { randomInt } from 'node:crypto';
import { WordReader } from '../../../core/call/heard-words.ts';
import type { LoadedLibrary } from '../../../core/callflow/library.ts';
import type { OpenStage, ToPlay } from '../../../simulator/play-scenario.ts';
import { startOf } from '../../../simulator/start-of.ts';
import { accountPrompts } from './account-prompts.ts';
import { demoAccount, methodsIn } from './demo-account.ts';
import { FoundCustomer } from './found-customer.ts';
import { HttpStage } from './http-stage.ts';
import type { HttpStages } from './http-stages.ts';
import type { ServerAddress } from './server-address.ts';
import { isStep, whyNowhere } from './why-skipped.ts';

/** Numbers of the reserved range +1 202 555 0100 to 0199. */
const FROM = '+12025550123';
const TO = '+12025550100';
const LOOK_MS = 5_000;

/** A server that runs already, with these callflows: what it has stays as it is. */
export class FoundStages implements HttpStages {
  readonly open: OpenStage = (scene) => this.stage(scene, false);
  readonly openInTime: OpenStage = (scene) => this.stage(scene, true);
  private readonly at: ServerAddress;
  private readonly library: LoadedLibrary;
  /** Whether the demo company is there, with its customers and their inbox. */
  private readonly isDemo: boolean;
  private readonly reader: WordReader;
  private readonly accountPrompts: ReadonlySet<string>;
  /** Another run was there before, a moment ago perhaps. */
  private next = randomInt(1_000_000);

  private constructor(at: ServerAddress, library: LoadedLibrary, isDemo: boolean) {
    this.at = at;
    this.library = library;
    this.isDemo = isDemo;
    this.reader = new WordReader(library.flows.flatMap(({ wordings }) => [...wordings.values()]));
    this.accountPrompts = accountPrompts(library);
  }

  static async find(at: ServerAddress, library: LoadedLibrary): Promise<FoundStages> {
    const inbox = await fetch(`${at.server}/demo/api/inbox`, {
      signal: AbortSignal.timeout(LOOK_MS),
    }).catch(() => null);
    await inbox?.body?.cancel();
    return new FoundStages(at, library, inbox?.ok === true);
  }

  skips(play: ToPlay): string | null {
    const { given, scenario } = play;
    const nowhere = whyNowhere(play, this.library);
    if (nowhere !== null) return nowhere;
    if (Object.keys(given['sends-fail']).length > 0)
      return '`sends-fail` cannot be arranged at a server that runs already';
    if (Object.keys(given.services).length > 0) return '`services` cannot be arranged at a server that runs already';
    if (scenario.call.some((step) => isStep(step, 'elsewhere'))) return '`elsewhere` would lock an account of others';
    if (this.isDemo && demoAccount(given, 0) !== null) return null;
    if (given.customer !== undefined)
      return `a customer with ${methodsIn(given).join(' and ')} cannot be arranged at a server that runs already`;
    if (scenario.call.some(needsCodes)) return 'the server has no demo inbox that codes can be read from';
    return null;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private stage({ callflow, given }: Parameters<OpenStage>[0], inTime: boolean): HttpStage {
    const start = startOf(this.library, callflow, given);
    const account = this.isDemo ? demoAccount(given, (this.next += 1)) : null;
    const customer = new FoundCustomer({
      server: this.at.server,
      start,
      account: account ?? start.account,
      from: given.from ?? FROM,
      to: given.to ?? TO,
    });
    const { at, reader } = this;
    const { exits = {} } = this.library.flow(callflow)?.callflow ?? {};
    return new HttpStage({
      at,
      callflow,
      exits,
      customer,
      reader,
      accountPrompts: this.accountPrompts,
      inTime,
    });
  }
}

function needsCodes(step: ToPlay['scenario']['call'][number]): boolean {
  return typeof step === 'object' && ('gets' in step || ('press' in step && /(?:^|-)code$/.test(step.press)));
}
