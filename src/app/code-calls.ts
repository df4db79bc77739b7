import type { CodeCall, CodeCallMade } from '../core/contracts/code-calls.ts';
import { spoken, type Wordings } from '../core/call/prompts.ts';
import type { Utterance, Verb } from '../core/call/verbs.ts';
import type { CallMessage } from '../core/call/call-messages.ts';
import type { Reply } from '../core/contracts/turns.ts';
import type { CodeCallInput } from '../core/verification/code-call.ts';
import { inTime } from './in-time.ts';
import type { Parts } from './parts.ts';
import { nameOf } from './tasks/index.ts';

/** One signed request about a call that tells a code. */
export interface CodeCallRequest {
  readonly token: string;
  readonly step: number;
  readonly input: CodeCallInput;
}

/** Where a question leads: to the step of this number, with our mark where nothing was pressed. */
export type CodeCallLink = (call: {
  readonly token: string;
  readonly step: number;
  readonly silence: boolean;
}) => string;

type CodeCallParts = Pick<Parts, 'store' | 'libraries' | 'providers' | 'clock' | 'write' | 'log' | 'telemetry'>;

/** Seconds until the key is pressed. */
const WAIT = 5;

/**
 * Calls that tell codes: placed by a send, answered here. A code is made when the person called presses the key, told
 * twice in that one document, and never kept. Whatever goes wrong ends the call without a code.
 */
export class CodeCalls {
  private readonly parts: CodeCallParts;
  private readonly link: CodeCallLink;

  constructor(parts: CodeCallParts, link: CodeCallLink) {
    this.parts = parts;
    this.link = link;
  }

  answer(request: CodeCallRequest): Promise<Reply> {
    const { telemetry, clock, log } = this.parts;
    return telemetry.during({ kind: 'turn', channel: 'code-call', call: '', parent: '' }, async (note) => {
      let call: string | undefined;
      const ofCall = (found: string): void => {
        call = found;
        note({ call });
      };
      try {
        const reply = await inTime(this.reply(request, ofCall), clock);
        note({ outcome: 'answered' });
        return reply;
      } catch (error) {
        note({ outcome: 'failed' });
        log.error({ call, error: nameOf(error) }, 'a call that tells a code failed');
        return this.hangUp();
      }
    });
  }

  /** The call is over; `delivered` is for the store to know: one that told no code has failed. */
  async over(token: string): Promise<void> {
    const { store, clock, log, telemetry } = this.parts;
    const call = await store.endCodeCall({ token, now: clock.now() });
    if (call === null) return;
    telemetry.count({ kind: 'undelivered', method: 'voice' });
    log.warn({ call, method: 'voice', outcome: 'undelivered' }, 'a code was reported not to have arrived');
  }

  hangUp(): Reply {
    return this.parts.write([{ verb: 'hangup' }]);
  }

  /** `ofCall` hears whose code it is, as soon as that is known. */
  private async reply({ token, step, input }: CodeCallRequest, ofCall: (call: string) => void): Promise<Reply> {
    const { store, clock, libraries, providers, log } = this.parts;
    const call = await store.readCodeCall(token);
    const library = call && (await libraries.of(call.tells.revision));
    if (call === null || library === null || library === undefined) return this.hangUp();
    const { binding, tells } = call;
    ofCall(binding.call);
    const languages = library.flow(tells.callflow)?.wordings;
    const wordings = languages?.get(tells.locale) ?? languages?.get(library.defaultLocale);
    if (wordings === undefined) return this.hangUp();
    // Made for every request, and thrown away by all but the one whose code is kept.
    const { code, mac } = providers(library).internal.make(binding, tells.digits);
    const made = await store.stepCodeCall({ token, step, input, now: clock.now(), mac });
    log.info({ call: binding.call, heard: input.type, outcome: made.step.said }, 'a call that tells a code');
    return this.parts.write(this.verbs(made, { call, token, wordings, code: made.told ? code : null }));
  }

  private verbs(made: CodeCallMade, saying: Saying): readonly Verb[] {
    const { step } = made;
    switch (step.said) {
      case 'key':
        return this.asks(made, saying, 'voice-key');
      case 'again':
        return this.asks(made, saying, 'voice-again');
      case 'code':
        return [...tells(saying), ...(step.more ? this.asks(made, saying, 'voice-again') : goodbye(saying))];
      case 'goodbye':
        return goodbye(saying);
      case 'nothing':
        return [{ verb: 'hangup' }];
    }
  }

  /** Any one key ends the question: `#` is a wrong one as well. */
  private asks({ next }: CodeCallMade, saying: Saying, message: CallMessage): readonly Verb[] {
    const at = { token: saying.token, step: next };
    const spoken = says(saying, message);
    return [
      {
        verb: 'gather',
        action: this.link({ ...at, silence: false }),
        numDigits: 1,
        timeout: WAIT,
        finishOnKey: '',
        spoken: spoken.map((utterance) => ({ verb: 'say', utterance })),
      },
      { verb: 'redirect', url: this.link({ ...at, silence: true }) },
    ];
  }
}

/** What a document is put together from; `code` only where this very document tells one. */
interface Saying {
  readonly call: CodeCall;
  readonly token: string;
  readonly wordings: Wordings;
  readonly code: string | null;
}

/** Twice, and outside of the question after it: no key cuts a code short. */
function tells(saying: Saying): readonly Verb[] {
  const told = says(saying, 'voice').map((utterance): Verb => ({ verb: 'say', utterance }));
  const pause: Verb = { verb: 'pause', seconds: 1 };
  return [...told, pause, ...told, pause];
}

function goodbye(saying: Saying): readonly Verb[] {
  return [...says(saying, 'voice-goodbye').map((utterance): Verb => ({ verb: 'say', utterance })), { verb: 'hangup' }];
}

function says({ call, wordings, code }: Saying, message: CallMessage): readonly Utterance[] {
  const wording = wordings.messages.get(message);
  if (wording === undefined || (message === 'voice' && code === null)) return [];
  const { key, digits } = call.tells;
  return [
    spoken(wordings, message, wording.speak({ key, digits, ...(message === 'voice' ? { code: code ?? '' } : {}) })),
  ];
}
