import { afterEach, beforeEach, describe } from 'vitest';
import { answerRules } from './store/answers-at-once.ts';
import { attemptRules } from './store/attempts.ts';
import { authenticatorRules } from './store/authenticators.ts';
import type { Opened } from './store/caller.ts';
import { clockRules } from './store/clock-steps.ts';
import { codeCallRules } from './store/code-calls.ts';
import { deviceRules } from './store/devices.ts';
import { deviceTokenRules } from './store/device-tokens.ts';
import { endRules } from './store/ends.ts';
import { historyRules } from './store/history.ts';
import { keyringRules } from './store/keyring.ts';
import { libraryRules } from './store/libraries.ts';
import { lookupRules } from './store/lookups.ts';
import { noticeRules } from './store/notices.ts';
import { reportRules } from './store/reports.ts';
import { sendRules } from './store/sends.ts';
import { signInRules } from './store/sign-ins.ts';
import { startRules } from './store/starts.ts';
import { takenBackRules } from './store/taken-back.ts';
import { taskRules } from './store/tasks.ts';
import { turnRules } from './store/turns.ts';

/** What every store must do, in the words of the protocol of a call. `open` makes a new, empty one; `more` is for its kind. */
export function storeSuite<Kind extends Opened>(
  name: string,
  open: () => Promise<Kind>,
  more: (opened: () => Kind) => void,
): void {
  describe(`the ${name} store`, () => {
    let opened: Kind;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.remove());
    const rules = {
      turnRules,
      answerRules,
      startRules,
      taskRules,
      sendRules,
      lookupRules,
      noticeRules,
      attemptRules,
      takenBackRules,
      authenticatorRules,
      deviceRules,
      deviceTokenRules,
      signInRules,
      reportRules,
      codeCallRules,
      endRules,
      historyRules,
      clockRules,
      libraryRules,
      keyringRules,
    };
    for (const register of Object.values(rules)) register(() => opened);
    more(() => opened);
  });
}
