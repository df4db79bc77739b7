import { VERBS } from '../blocks/index.ts';
import type { Kind, Scene } from '../blocks/verb.ts';
import type { Flow } from '../callflow/compile.ts';
import { DialproofError } from '../errors.ts';
import { accountOf } from '../verification/account.ts';
import type { Wordings } from './prompts.ts';
import type { Facts, Frame, Session } from './session.ts';
import type { World } from './world.ts';

type KindThat<Does extends Kind<object>['does']> = Extract<Kind<object>, { readonly does: Does }>;

/** Where a call stands: one frame, and all that its callflow says about the block it is in. */
export class Standing {
  readonly frame: Frame;
  readonly flow: Flow;
  private known: string | null = null;
  private readonly call: { readonly world: World; readonly locale: string; readonly test: boolean };

  constructor(frame: Frame, call: { readonly world: World; readonly locale: string; readonly test: boolean }) {
    const flow = call.world.library.flow(frame.callflow);
    if (flow === undefined) throw broken(`There is no callflow named "${frame.callflow}".`);
    this.frame = frame;
    this.flow = flow;
    this.call = call;
  }

  /** The block's body and what its verb does, which must be what the machine took it for. */
  block<Does extends Kind<object>['does']>(does: Does, name: string = this.frame.block) {
    const block = this.flow.callflow.blocks.get(name);
    const kind = block === undefined ? undefined : VERBS.get(block.verb)?.kind;
    if (block === undefined || kind?.does !== does)
      throw broken(`The block "${name}" of "${this.flow.callflow.name}" is not one to ${does}.`);
    return { body: block.body, kind: kind as KindThat<Does> };
  }

  /** The ways out of the present block; none where the call stands at an exit. */
  get paths(): Readonly<Record<string, string>> {
    return this.flow.paths.get(this.frame.block) ?? {};
  }

  /** The exit that a fault leaves by, and the path to it: the one that a question names for it (L36), else `error`. It verifies nobody. */
  get fault(): { readonly exit: string; readonly path: string | null } {
    const { callflow } = this.flow;
    const named = callflow.blocks.get(this.frame.block)?.outcomes === true ? this.paths['error'] : undefined;
    const usable = named !== undefined && named !== 'success' && Object.hasOwn(callflow.exits, named);
    return usable ? { exit: named, path: 'error' } : { exit: 'error', path: null };
  }

  scene(at: { readonly block: string; readonly facts: Facts } = this.frame): Scene {
    const { callflow } = this.flow;
    const { test, locale } = this.call;
    return { name: at.block, callflow, facts: at.facts, test, locale };
  }

  get wordings(): Wordings {
    return this.wordingsIn(this.call.locale);
  }

  /** Those of a language, else of the default one. */
  wordingsIn(locale: string): Wordings {
    const { defaultLocale } = this.call.world.library;
    const wordings = this.flow.wordings.get(locale) ?? this.flow.wordings.get(defaultLocale);
    if (wordings === undefined)
      throw broken(`The callflow "${this.flow.callflow.name}" has no prompts in ${defaultLocale}.`);
    return wordings;
  }

  /** The account of this callflow, canonical; empty where it has none. */
  get account(): string {
    return (this.known ??= accountOf(this.flow.callflow, this.frame.facts));
  }

  get locale(): string {
    return this.call.locale;
  }

  /** Whether this call holds a grant for the account of this callflow; an empty account never has one. */
  get verified(): boolean {
    return this.account !== '' && this.call.world.verified(this.account);
  }

  /** Whether a verified caller is spared this callflow (G56). */
  get skipped(): boolean {
    const { callflow, verifies } = this.flow;
    const skips = callflow.settings.skip === 'already-verified' && Object.hasOwn(callflow.exits, 'success');
    return verifies && skips && this.verified;
  }
}

/** A fault of ours: the callflow was checked, so this cannot happen. */
export function broken(message: string, cause?: unknown): DialproofError {
  return new DialproofError('wiring-broken', message, {
    fix: 'This is a fault of Dialproof itself: please report it with the callflow.',
    cause,
  });
}

export function unknownRevision(session: Session): DialproofError {
  return new DialproofError(
    'revision-unknown',
    `This call began with revision ${session.revision} of the callflows, which cannot be found or loaded any more.`,
    {
      fix: 'Give callflows the settings that they had when the call began, or let such calls leave by their error exit.',
    },
  );
}
