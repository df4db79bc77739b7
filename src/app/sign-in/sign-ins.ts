import type { Random, Clock } from '../../core/contracts/clock.ts';
import type { Device, DeviceStore } from '../../core/contracts/devices.ts';
import type { Page } from '../../core/contracts/pages.ts';
import type { Redeemed, SignIn, SignInStore, Visited } from '../../core/contracts/sign-ins.ts';
import type { SignInOutcome, Telemetry } from '../../core/contracts/telemetry.ts';
import type { Store } from '../../core/contracts/store.ts';
import type { Reply } from '../../core/contracts/turns.ts';
import type { Incoming } from '../../core/call/input.ts';
import { decide } from '../../core/sign-in/decide.ts';
import type { SignInDecision, SignInPolicy } from '../../core/sign-in/policy.ts';
import { canonicalAccount } from '../../core/verification/account.ts';
import type { Engine } from '../engine.ts';
import type { Log } from '../parts.ts';
import { localeFor } from '../../core/sign-in/locale.ts';
import type { Answer, Asked, Entered, Seen, Visit } from './asked.ts';
import { minuteOfWeek } from './minute-of-week.ts';

export interface SignInParts {
  readonly store: Pick<Store, 'accountLocked' | 'readCall' | 'phaseOf'> & DeviceStore & SignInStore;
  /** The turn engine in the channel of the web. */
  readonly engine: Pick<Engine, 'start' | 'turn'>;
  readonly readPage: (reply: Reply) => Page | null;
  /** The callflow of web sign-ins; null where there is none. */
  readonly callflow: () => SignInCallflow | null;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly telemetry: Telemetry;
}

export interface SignInCallflow {
  readonly name: string;
  /** The variable that the user goes into. */
  readonly account: string;
  readonly policy: SignInPolicy;
  /** The languages of its prompts. */
  readonly locales: readonly string[];
  readonly defaultLocale: string;
}

/** A browser that may be a device of an account. */
interface Browsing {
  readonly account: string;
  readonly fingerprint: string;
  /** Its device cookie; empty where there is none. */
  readonly device: string;
}

/** A sign-in is finished within so long, and its ticket redeemed, milliseconds (security.md 7). */
const SIGN_IN_LASTS = 600_000;
const TICKET_LASTS = 60_000;

/** Web sign-ins: who needs a code, the pages it is entered on, and the ticket that says so to the platform (E2). */
export class SignIns {
  private readonly parts: SignInParts;

  constructor(parts: SignInParts) {
    this.parts = parts;
  }

  /** What the platform is answered. Known and unknown users go the same way: nobody is looked up here. */
  async ask(asked: Asked): Promise<Answer> {
    const callflow = this.parts.callflow();
    if (callflow !== null) {
      const account = canonicalAccount(asked.user);
      const { decision, device, next } = await this.decided({ ...asked, account }, callflow);
      if (decision.kind === 'authorised') {
        if (device !== null) await this.noteSignIn(device, null);
        this.count('no-code-needed');
        this.parts.log.info({ reason: decision.why }, 'a sign-in needs no code');
        return { kind: 'authorised', ttl: callflow.policy.ttl, device: next };
      }
      return { kind: 'ask', page: await this.open(asked), device: next };
    }
    return { kind: 'ask', page: await this.open(asked), device: null };
  }

  /** The page that a sign-in stands at, or the way back. */
  async visit(visit: Visit): Promise<Seen> {
    const { store } = this.parts;
    const callflow = this.parts.callflow();
    if (callflow === null) return { kind: 'refused', why: 'unavailable' };
    const visited = await this.visited(visit, callflow);
    if (visited.kind !== 'open') return { kind: 'refused', why: visited.kind };
    const { signIn } = visited;
    if ((await store.phaseOf(signIn.call, this.now)) === null) {
      const { account, fingerprint } = signIn;
      const { decision, device, next } = await this.decided({ ...visit, account, fingerprint }, callflow);
      if (decision.kind === 'refuse') return { kind: 'refused', why: decision.why };
      if (decision.kind === 'authorised') return this.pass(signIn, { callflow, device, next, authorised: false });
      return this.seen(signIn, { callflow, page: await this.current(signIn, callflow), visit, next });
    }
    return this.seen(signIn, { callflow, page: await this.current(signIn, callflow), visit, next: null });
  }

  /** Takes what was entered on the page; a repeat changes nothing. What comes of it, the next visit shows. */
  async enter(visit: Visit, { nonce, digits, remember }: Entered): Promise<void> {
    const { store, engine } = this.parts;
    const callflow = this.parts.callflow();
    const visited = callflow && (await this.visited(visit, callflow));
    if (visited?.kind !== 'open' || visited.signIn.isPassed) return;
    await store.wishSignIn({ token: visit.token, remember });
    const incoming: Incoming = digits === '' ? { type: 'silence' } : { type: 'keys', digits, ended: true };
    await engine.turn(nonce, webhookOf(visited.signIn, incoming));
  }

  /** Uses a ticket up: who has signed in, and for how many seconds that is good; null where it is worth nothing. */
  async redeem(ticket: string): Promise<Redeemed | null> {
    const redeemed = await this.parts.store.redeemTicket({ ticket, now: this.now });
    this.count(redeemed === null ? 'ticket-refused' : 'redeemed');
    return redeemed;
  }

  private visited({ token, browser, languages }: Visit, { locales, defaultLocale }: SignInCallflow): Promise<Visited> {
    const locale = localeFor(languages, { spoken: locales, usual: defaultLocale });
    return this.parts.store.visitSignIn({ token, browser, locale, now: this.now });
  }

  private async open({ user, returnTo, fingerprint, browserName }: Asked): Promise<string> {
    const { store, random } = this.parts;
    const token = random.token();
    await store.openSignIn({
      token,
      call: `web-${random.token()}`,
      account: canonicalAccount(user),
      user,
      returnTo,
      fingerprint,
      browserName,
      now: this.now,
      expiresAt: this.now + SIGN_IN_LASTS,
    });
    this.count('code-asked');
    return token;
  }

  /** What the policy says of a user in a browser. A locked account needs a code, and gets none. */
  private async decided(
    who: Browsing & { readonly address: string },
    { policy }: SignInCallflow,
  ): Promise<{ readonly decision: SignInDecision; readonly device: Device | null; readonly next: string | null }> {
    const { store } = this.parts;
    const { account, address } = who;
    if (account === '' || (await store.accountLocked(account, this.now)))
      return { decision: { kind: 'ask', why: 'no-device' }, device: null, next: null };
    const { device, sameBrowser, next } = await this.deviceOf(who, policy);
    const decision = decide(policy, {
      user: account,
      address,
      now: this.now,
      device: device && { ...device, sameBrowser },
      minuteOfWeek: policy.hours === null ? null : minuteOfWeek(policy.hours.zone, this.now),
    });
    if (decision.kind === 'authorised' && decision.why === 'exempt') await this.noteExemption(account);
    return { decision, device, next };
  }

  /** The question that the sign-in stands at; the first request for it starts the callflow. */
  private async current(signIn: SignIn, { name, account }: SignInCallflow): Promise<Page> {
    const { engine } = this.parts;
    const start = { callflow: name, query: [[account, signIn.user] as const, ['locale', signIn.locale] as const] };
    const first = this.read(await engine.start(start, webhookOf(signIn, { type: 'back' })));
    // A start that a twin is still handling has no turn yet.
    return (first.kind === 'moved' || first.kind === 'hold') && first.nonce !== ''
      ? this.read(await engine.turn(first.nonce, webhookOf(signIn, { type: 'back' })))
      : first;
  }

  private async seen(
    signIn: SignIn,
    at: { readonly callflow: SignInCallflow; readonly page: Page; readonly visit: Visit; readonly next: string | null },
  ): Promise<Seen> {
    const { page, callflow, visit } = at;
    if (page.kind === 'end' && (await this.isProved(signIn))) {
      const { account, fingerprint } = signIn;
      const { decision } = await this.decided({ ...visit, account, fingerprint, device: '' }, callflow);
      // The hours may have ended while the code was on its way.
      if (decision.kind === 'refuse') return { kind: 'refused', why: decision.why };
      const { device, next } = await this.deviceOf({ account, fingerprint, device: visit.device }, callflow.policy);
      return this.pass(signIn, { callflow, device, next, authorised: true });
    }
    const mayRemember = callflow.policy.devices.remembered > 0;
    const { remember, locale, returnTo } = signIn;
    return { kind: 'page', page, locale, returnTo, mayRemember, remember, device: at.next };
  }

  /** Whether the callflow left as proved. For whom, the store holds against its grants. */
  private async isProved({ call }: SignIn): Promise<boolean> {
    const summary = await this.parts.store.readCall(call);
    return summary !== null && summary.phase === 'ended' && summary.exit === 'success';
  }

  /** One that was remembered longer ago than the policy says now is none. `next`: its new token, where it has one. */
  private async deviceOf({ account, fingerprint, device: token }: Browsing, { devices }: SignInPolicy) {
    const { store, random, log } = this.parts;
    const { now } = this;
    const next = random.token();
    const seen = { token, account, fingerprint, next, now };
    const known = token === '' ? null : await store.recogniseDevice(seen);
    if (known?.kind === 'reused') log.warn({}, 'an old device token was used: its series is revoked');
    if (known?.kind !== 'known') return { device: null, sameBrowser: false, next: null };
    const { device, sameBrowser, rotated } = known;
    const counts = now - device.rememberedAt < devices.remembered;
    return { device: counts ? device : null, sameBrowser, next: rotated ? next : null };
  }

  private async pass(
    signIn: SignIn,
    by: {
      readonly callflow: SignInCallflow;
      readonly device: Device | null;
      readonly next: string | null;
      /** A code was right, just now. */
      readonly authorised: boolean;
    },
  ): Promise<Seen> {
    const { store, random } = this.parts;
    const { ttl, devices } = by.callflow.policy;
    const ticket = random.token();
    const { token, account } = signIn;
    const pass = { token, ticket, ticketExpiresAt: this.now + TICKET_LASTS, ttl, now: this.now, byCode: by.authorised };
    const isPassed = await store.passSignIn(pass);
    if (isPassed === false) return { kind: 'refused', why: 'expired' };
    this.count('passed');
    const passed = { kind: 'passed', returnTo: signIn.returnTo, ticket } as const;
    if (by.device !== null) {
      await this.noteSignIn(by.device, by.authorised ? signIn : null);
      return { ...passed, device: by.next };
    }
    // A page that is asked for several times at once is one browser, and pushes no device of its user out.
    if (isPassed === 'again' || !by.authorised || !signIn.remember || devices.remembered === 0)
      return { ...passed, device: null };
    const device = random.token();
    await store.rememberDevice({
      id: random.token(),
      account,
      token: device,
      fingerprint: signIn.fingerprint,
      name: signIn.browserName,
      now: this.now,
      expiresAt: this.now + devices.remembered,
      most: devices.most,
    });
    return { ...passed, device };
  }

  private noteSignIn({ id }: Device, by: Pick<SignIn, 'fingerprint'> | null): Promise<void> {
    const authorised = by === null ? null : { fingerprint: by.fingerprint };
    return this.parts.store.noteSignIn({ id, now: this.now, authorised });
  }

  /** Nobody is let in without a line in the audit trail. */
  private noteExemption(account: string): Promise<void> {
    const { store, random } = this.parts;
    return store.noteExemption({ call: `web-${random.token()}`, account, now: this.now });
  }

  /** A reply that is no page ends the sign-in without a word: nobody is let in by it. */
  private read(reply: Reply): Page {
    return this.parts.readPage(reply) ?? { kind: 'end', words: [] };
  }

  private count(outcome: SignInOutcome): void {
    this.parts.telemetry.count({ kind: 'sign-in', outcome });
  }

  private get now(): number {
    return this.parts.clock.now();
  }
}

function webhookOf({ call }: SignIn, incoming: Incoming) {
  return { call, to: '', from: '', over: false, incoming, token: '' };
}
