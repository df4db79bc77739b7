import { LEASE } from '../../src/app/limits.ts';
import type { InboxMessage } from '../../src/demo/inbox.ts';
import { readTwiml } from '../../src/telephone/twiml-reader.ts';
import type { Caller } from '../support/caller.ts';
import { contactMethods } from '../support/contact-methods.ts';
import { httpStub, type StubServer } from '../support/stub-server.ts';
import { World } from '../support/world.ts';
import { expectSame } from './compare.ts';
import { Account, type Moment } from './model.ts';

/** How a webhook reaches the product. */
export type Delivery =
  | { readonly kind: 'once' }
  /** So many of it at the same moment. */
  | { readonly kind: 'together'; readonly times: number }
  /** The process dies in the turn, after so many operations of its store; the platform sends the webhook again. */
  | { readonly kind: 'dies'; readonly after: number; readonly restarts: boolean };

export interface Webhook {
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Arrival {
  readonly message: InboxMessage;
  readonly at: Moment;
}

/** The product on loopback for all runs, with customers that every run has for itself. */
export class Rig {
  readonly world: World;
  /** What the runs have reached. */
  readonly seen = new Map<string, number>();
  /** Locks by the email address of the account's holder, and the notices of them that have come there so far. */
  readonly locks = new Map<string, { locks: number; notices: number }>();
  private readonly stub: StubServer;
  private accounts = 0;
  private processes = 0;
  private readonly arrived = new Set<string>();
  private fresh: Arrival[] = [];

  private constructor(world: World, stub: StubServer) {
    this.world = world;
    this.stub = stub;
  }

  static async open(): Promise<Rig> {
    const stub = await httpStub((response, body) => {
      const { destinations } = customer(Number(new URLSearchParams(body).get('AccountNumber')));
      response.end(
        contactMethods(`
        <method name="email" value="${destinations.email}"/><method name="SMS" value="${destinations.sms}"/>
        `),
      );
    });
    const world = await World.open({
      settings: { CONTACT_METHODS_URL: stub.url, SERVICE_HOSTS: stub.host, LOG_LEVEL: 'info' },
      edit: { 'callflows/two-factor.yaml': [['spacing: 20s', 'spacing: 0']] },
    });
    return new Rig(world, stub);
  }

  async close(): Promise<void> {
    await this.world.close();
    await this.stub.close();
  }

  /** A customer whom nobody knows yet. */
  account(): Account {
    this.accounts += 1;
    return customer(this.accounts);
  }

  now(): Moment {
    const { clock } = this.world;
    return { wall: clock.now(), steady: clock.monotonic(), process: this.processes };
  }

  async restarts(): Promise<void> {
    await this.world.restarts();
    this.processes += 1;
    this.notes('restart');
  }

  notes(what: string, times = 1): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + times);
  }

  /** The codes that have come to anybody since this was asked last. */
  arrivals(): readonly Arrival[] {
    this.collects();
    return this.fresh.splice(0);
  }

  private collects(): void {
    const at = this.now();
    for (const message of this.world.inbox.messages) {
      if (this.arrived.has(message.report)) continue;
      this.arrived.add(message.report);
      if (message.code === null) this.isTold(message.to);
      else this.fresh.push({ message, at });
    }
  }

  isLocked({ destinations }: Account): void {
    const { locks, notices } = this.locks.get(destinations.email) ?? { locks: 0, notices: 0 };
    this.locks.set(destinations.email, { locks: locks + 1, notices });
    this.notes('lock');
  }

  /** A notice may come after the run that it tells of. */
  private isTold(to: string): void {
    const known = this.locks.get(to) ?? { locks: 0, notices: 0 };
    known.notices += 1;
    this.locks.set(to, known);
    this.notes('notice');
  }

  /** The one document that all deliveries of this webhook are answered with. */
  async delivers(caller: Caller, { url, parameters }: Webhook, delivery: Delivery): Promise<string> {
    const post = () => caller.post(url, parameters);
    if (delivery.kind === 'dies') {
      await this.world.dies(delivery.after, post);
      this.collects();
      if (delivery.restarts) await this.restarts();
      this.world.clock.advance(LEASE + 100);
    }
    const times = delivery.kind === 'together' ? delivery.times : 1;
    const answers = await Promise.all(Array.from({ length: times }, post));
    this.notes(delivery.kind);
    const [first] = answers;
    if (first === undefined) throw new Error('nothing was delivered');
    for (const { status, body } of answers) {
      expectSame({ status, body }, { status: 200, body: first.body }, 'duplicates of one webhook');
    }
    readTwiml(first.body);
    return first.body;
  }
}

/** Numbers 0100 to 0199 of every exchange 555 are nobody's. */
const AREAS = ['206', '212', '213', '305', '312', '415', '503', '617', '702', '713'];

function customer(n: number): Account {
  const area = AREAS[Math.floor(n / 100) % AREAS.length] ?? '';
  const sms = `+1${area}55501${String(n % 100).padStart(2, '0')}`;
  return new Account(String(n), { email: `customer-${n}@example.test`, sms });
}
