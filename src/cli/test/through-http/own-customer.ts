import type { Store } from '../../../core/contracts/store.ts';
import type { Given } from '../../../core/scenario/scenario-schema.ts';
import { Application } from '../../../simulator/application.ts';
import type { Letter } from '../../../simulator/company.ts';
import { lockAccount } from '../../../simulator/lock-account.ts';
import type { ArrivedCode, CallSum } from '../../../simulator/stage.ts';
import type { StartOfCall } from '../../../simulator/start-of.ts';
import { answerCodeCall } from './answer-code-call.ts';
import type { Customer } from './customer.ts';
import type { LoopbackCompany, Resident } from './loopback-company.ts';
import type { Names } from './names.ts';
import type { ServerAddress } from './server-address.ts';

export interface OwnServer {
  readonly at: ServerAddress;
  /** The store that the server has, opened beside it. */
  readonly store: Store;
}

export interface OwnCustomerParts {
  readonly server: OwnServer;
  readonly loopback: LoopbackCompany;
  readonly names: Names;
  readonly given: Given;
  /** The account as the scenario has it, and what the start hands in. */
  readonly start: StartOfCall;
}

/** Numbers of the reserved range +1 202 555 0100 to 0199. */
const FROM = '+12025550123';
const TO = '+12025550100';
const CLOCK = { now: (): number => Date.now() };

/** A customer who is arranged for one scenario: with an account, an address and numbers that nobody else has. */
export class OwnCustomer implements Customer {
  readonly inputs: Readonly<Record<string, string>>;
  readonly from: string;
  readonly to: string;
  private readonly parts: OwnCustomerParts;
  private readonly resident: Resident;
  private readonly aliases = new Map<string, string>();
  private readonly before = new Map<string, number>();
  private readonly told = new Map<Letter, string>();
  private readonly application: Application | null;
  private newest: string;

  constructor(parts: OwnCustomerParts) {
    const { given, loopback, server, start } = parts;
    this.parts = parts;
    const customer = given.customer && {
      ...given.customer,
      ...Object.fromEntries(
        Object.entries(given.customer).map(
          ([name, value]) => [name, typeof value === 'string' ? this.aliased(value) : value] as const,
        ),
      ),
    };
    const own = { ...given, ...(customer === undefined ? {} : { customer }) };
    this.resident = { given: own, company: loopback.companyOf(own) };
    this.newest = this.account(start.account);
    this.inputs = Object.fromEntries(
      Object.entries(start.inputs).map(([name, value]) => [
        name,
        value === start.account ? this.newest : this.aliased(value),
      ]),
    );
    this.from = given.from === undefined ? FROM : (this.aliases.get(given.from) ?? given.from);
    this.to = given.to ?? TO;
    for (const name of this.aliases.values()) loopback.moveIn(name, this.resident);
    this.application = given.customer?.authenticator === true ? new Application(server.store, CLOCK) : null;
  }

  account(typed: string): string {
    const known = this.aliases.get(typed);
    if (known !== undefined || typed === '') return known ?? '';
    const alias = this.parts.names.account(typed);
    this.aliases.set(typed, alias);
    this.newest = alias;
    if (this.resident !== undefined) this.parts.loopback.moveIn(alias, this.resident);
    return alias;
  }

  calls(call: string): void {
    this.before.set(call, this.letters.length);
  }

  async codes(call: string): Promise<readonly ArrivedCode[]> {
    const arrived: ArrivedCode[] = [];
    for (const letter of this.letters.slice(this.before.get(call) ?? 0)) {
      const code = letter.code ?? (letter.method === 'voice' ? await this.toldCode(letter) : null);
      if (code !== null) arrived.push({ method: letter.method, code });
    }
    const { application } = this;
    if (application === null) return arrived;
    const summary = await this.parts.server.store.readCall(call);
    const isShown = summary?.challenges.at(-1)?.method === 'authenticator';
    return isShown ? [...arrived, { method: 'authenticator', code: application.code }] : arrived;
  }

  async sum(call: string): Promise<CallSum> {
    const summary = await this.parts.server.store.readCall(call);
    const { exit = null, sends = 0, attempts = 0, turns = 0, grants = 0 } = summary ?? {};
    return { exit, sends, attempts, turns, grants };
  }

  lock(): Promise<void> {
    return lockAccount(this.newest, { store: this.parts.server.store, clock: CLOCK });
  }

  /** Before the first call: an application is enrolled. */
  async enrols(): Promise<void> {
    await this.application?.enrol(this.newest);
  }

  leaves(): Promise<void> {
    this.parts.loopback.moveOut(this.resident);
    return Promise.resolve();
  }

  private get letters(): readonly Letter[] {
    return this.resident.company.letters;
  }

  private aliased(written: string): string {
    const alias = this.aliases.get(written) ?? this.parts.names.destination(written);
    this.aliases.set(written, alias);
    return alias;
  }

  /** The person called presses the key, and hears the code. */
  private async toldCode(letter: Letter): Promise<string | null> {
    const code = this.told.get(letter) ?? (await answerCodeCall(letter.report, this.parts.server));
    if (code !== null) this.told.set(letter, code);
    return code;
  }
}
