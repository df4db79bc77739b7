import type { FindMethods, SendCode, VerifyCode } from '../../core/call/tasks.ts';
import { SLICE } from '../../core/call/render.ts';
import { VERBS } from '../../core/blocks/index.ts';
import { isDelivered, type Method } from '../../core/method.ts';
import type { LoadedLibrary } from '../../core/callflow/library.ts';
import { ACCOUNT } from '../start-of.ts';
import type { Happening, Moment } from '../reach/moment.ts';
import { destinationOf } from '../reach/results.ts';
import type { Turn } from '../reach/reach.ts';
import { replyOf } from './service-reply.ts';

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

/** A step as a scenario writes it. */
export type DraftStep = string | { readonly [key: string]: string | number };

/** A scenario that is still to be tried. */
export interface Draft {
  readonly callflow: string;
  readonly given: { readonly [key: string]: Value };
  readonly call: readonly DraftStep[];
  /** The prompt that is heard at the end; null where nothing is. */
  readonly hears: string | null;
  /** The exit that the call leaves by; null where it goes on. */
  readonly ends: string | null;
}

type Result<T> = Extract<Happening, { kind: 'result' }> & { readonly task: T };

const MINUTE = 60_000;

/** Writes a way of a call down as a scenario; null where scenarios have no words for something that happens. */
export function draftOf(way: readonly Turn[], library: LoadedLibrary): Draft | null {
  const writer = new Writer(library);
  if (!way.every((turn) => writer.write(turn))) return null;
  return writer.draft(way.at(-1)?.after);
}

/** False: there are no words for it. */
class Writer {
  private readonly library: LoadedLibrary;
  private callflow = '';
  private readonly given: Record<string, Record<string, Value>> = {};
  private readonly breaks = new Set<string>();
  private readonly call: DraftStep[] = [];
  /** Where the caller's last deed stands in `call`; -1 before the first. */
  private deed = -1;
  /** The last entry had all of its keys: a silence after it could be a late hash, and counts for nothing. */
  private full = false;
  /** Milliseconds that the newest code lasts. */
  private lasts: number | null = null;

  constructor(library: LoadedLibrary) {
    this.library = library;
  }

  draft(last: Moment | undefined): Draft {
    const { next } = last ?? {};
    const spoken = next === undefined || next.kind === 'perform' ? [] : next.spoken;
    return {
      callflow: this.callflow,
      given: { ...this.given, ...(this.breaks.size === 0 ? {} : { breaks: [...this.breaks] }) },
      call: this.call,
      hears: spoken.at(-1)?.prompt.replace(/\.ask$/, '') ?? null,
      ends: next?.kind === 'leave' ? next.exit : null,
    };
  }

  write({ before, happening }: Turn): boolean {
    switch (happening.kind) {
      case 'calls':
        return this.begins(happening);
      case 'presses': {
        const { keys, option, short } = happening;
        this.full = before.next.kind === 'listen' && keys.length >= (before.next.listen.keys ?? Infinity);
        this.does({ press: option ?? (keys === '*' ? 'star' : keys === '#' ? 'hash' : keys) });
        if (short === true) this.call.push(silenceAt(before));
        return true;
      }
      case 'says':
        this.does({ says: happening.words });
        return true;
      case 'silence':
        if (this.full) this.call.push(silenceAt(before));
        this.full = false;
        this.does(silenceAt(before));
        return true;
      case 'fault':
        this.call.push({ fallback: 12_100 });
        return before.next.kind === 'listen';
      case 'result':
        return this.writeResult(happening, before);
    }
  }

  private begins({ callflow, inputs }: Extract<Happening, { kind: 'calls' }>): boolean {
    this.callflow = callflow;
    const usual = ['', ACCOUNT, destinationOf('email'), destinationOf('sms')];
    for (const [name, value] of Object.entries(inputs))
      if (!usual.includes(value)) this.give('inputs', { [name]: value });
    return true;
  }

  private writeResult(happening: Extract<Happening, { kind: 'result' }>, before: Moment): boolean {
    const { task } = happening;
    if (happening.result.path === 'locked') {
      // Whoever has no method hears nothing of a lock.
      if (task.type === 'find-methods') this.customer(task, task.methods.slice(0, 1));
      return this.locked();
    }
    switch (task.type) {
      case 'find-methods':
        return this.found({ ...happening, task }, before);
      case 'send-code':
        return this.sent({ ...happening, task }, before);
      case 'verify-code':
        return this.verified({ ...happening, task });
      case 'service': {
        const { path, variables = {} } = happening.result;
        this.give('services', { [task.name]: path === task.failed ? { fail: true } : replyOf(path, variables, task) });
        return true;
      }
    }
  }

  private found({ task, result }: Result<FindMethods>, before: Moment): boolean {
    if (result.path !== 'failed')
      this.customer(
        task,
        (result.found ?? []).map(({ method }) => method),
      );
    else if (task.sharedState) this.breaks.add('find-methods');
    else this.give('services', { [serviceAt(before, this.library)]: { fail: true } });
    return true;
  }

  private customer({ sharedState, variables, known }: FindMethods, methods: readonly Method[]): void {
    if (!sharedState) {
      this.give('customer', Object.fromEntries(methods.map((method) => [method, destinationOf(method) || true])));
    } else if (methods.length > 0) {
      this.give('inputs', { [variables.email]: known.email, [variables.phone]: known.phone });
    }
  }

  private sent({ task, result: { path } }: Result<SendCode>, { office }: Moment): boolean {
    const { method, spacing, code, most } = task;
    this.lasts = code.lasts;
    if (path === 'too-many' && office.sends < most) return false;
    // Or the code that is on its way would be all there is.
    if (
      office.code === 'live' &&
      office.attempts === 0 &&
      spacing > 0 &&
      !this.before({ later: seconds(spacing + 1000) })
    )
      return false;
    if (['sent', 'nothing-to-send', 'too-many'].includes(path)) return true;
    if (!isDelivered(method)) this.breaks.add('send-code');
    else if (Object.hasOwn(task.statuses, path)) this.give('services', { 'send-code': { status: path } });
    else this.give('sends-fail', { [method]: path });
    return true;
  }

  private verified({ task, result: { path }, expired }: Result<VerifyCode>): boolean {
    const isRight = path === 'right' || path === 'error' || expired === true;
    if (path !== 'blank') this.call[this.deed] = { press: isRight ? 'code' : 'wrong-code' };
    if (expired === true) return this.lasts !== null && this.before({ later: seconds(this.lasts + MINUTE) });
    if (path === 'error' && task.madeBy === 'external') this.give('services', { 'verify-code': { fail: true } });
    else if (path === 'error') this.breaks.add('verify-code');
    else if (Object.hasOwn(task.statuses, path)) this.give('services', { 'verify-code': { status: path } });
    return true;
  }

  /** In another call before this one, where the caller has done nothing yet. */
  private locked(): boolean {
    const step = { elsewhere: 'locked' };
    if (!this.before(step)) this.call.unshift(step, 'hangs-up', 'redials');
    return true;
  }

  private give(what: string, values: Record<string, Value>): void {
    this.given[what] = { ...this.given[what], ...values };
  }

  private does(step: DraftStep): void {
    this.deed = this.call.push(step) - 1;
  }

  /** Something that happens before the caller's last deed; false where there was none. */
  private before(step: DraftStep): boolean {
    if (this.deed < 0) return false;
    this.call.splice(this.deed, 0, step);
    this.deed += 1;
    return true;
  }
}

/** As long as one question waits, whole Gathers of it. */
function silenceAt({ next }: Moment): DraftStep {
  const slice = SLICE * 1000;
  const wait = next.kind === 'listen' ? next.listen.wait : 0;
  return { silent: seconds(wait < slice ? wait : Math.ceil(wait / slice) * slice) };
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 1000)}s`;
}

/** The name of the service that the present block asks. */
function serviceAt({ session }: Moment, library: LoadedLibrary): string {
  const frame = session.frames.at(-1);
  const block = frame === undefined ? undefined : library.flow(frame.callflow)?.callflow.blocks.get(frame.block);
  return block === undefined ? '' : (VERBS.get(block.verb)?.service?.(block.body) ?? '');
}
