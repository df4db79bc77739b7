import type { CodeCall, CodeCallMade, CodeCallStore, CodeCallTurn } from '../../../core/contracts/code-calls.ts';
import { isAlive } from '../../../core/verification/code.ts';
import { nextStep, repeatOf, type CodeCallStep } from '../../../core/verification/code-call.ts';
import type { Vault } from '../vault.ts';
import { accountLocked } from './accounts.ts';
import { audit } from './audit.ts';
import { isGoingOn } from './calls.ts';
import { findChallenge, isOpen, replaceCode, type ChallengeRow } from './challenges.ts';
import { contentOf, findCodeCall, holdCodeCall, keepContent, type CodeCallContent } from './code-call-rows.ts';
import { change, type Operation } from './operation.ts';
import { reportFailed } from './reports.ts';

const OVER: CodeCallStep = { said: 'nothing' };

export function* readCodeCall(vault: Vault, token: string): Operation<CodeCall | null> {
  const row = yield* findCodeCall(vault, token);
  if (!row) return null;
  const { binding, tells } = contentOf(vault, row);
  return { binding, tells };
}

export function* stepCodeCall(vault: Vault, turn: CodeCallTurn): Operation<CodeCallMade> {
  const { step: number, input } = turn;
  const row = yield* holdCodeCall(vault, turn.token);
  if (!row || row.ended_at !== null) return { step: OVER, next: number, told: false };
  const content = contentOf(vault, row);
  const { steps } = content;
  const made = steps[number];
  if (made !== undefined) return { step: repeatOf(made), next: number + 1, told: false };
  if (number !== steps.length) return { step: OVER, next: number, told: false };
  const last = steps.at(-1);
  // A Redirect back to the question that stands: only a key, or our mark, answers it.
  if (last !== undefined && input.type === 'nothing') return { step: repeatOf(last), next: number, told: false };
  const step = yield* stepOf(vault, content, turn);
  yield* keepContent(vault, row, { ...content, steps: [...steps, step] });
  return { step, next: number + 1, told: step.said === 'code' };
}

export function* endCodeCall(
  vault: Vault,
  { token, now }: Parameters<CodeCallStore['endCodeCall']>[0],
): Operation<string | null> {
  const row = yield* holdCodeCall(vault, token);
  if (!row || row.ended_at !== null) return null;
  yield* change('UPDATE code_calls SET ended_at = ? WHERE report_hash = ?', now, row.report_hash);
  if (contentOf(vault, row).steps.some(({ said }) => said === 'code')) return null;
  return yield* reportFailed(vault, { method: 'voice', token, now });
}

/** The step that is made, with its code kept where it tells one. */
function* stepOf(
  vault: Vault,
  { binding, tells, steps }: CodeCallContent,
  { input, now, mac }: CodeCallTurn,
): Operation<CodeCallStep> {
  const step = nextStep(steps, input, tells.key);
  if (step.said === 'goodbye' || step.said === 'nothing') return step;
  const challenge = yield* findChallenge(vault, binding.call, binding.challenge);
  if (!challenge || !(yield* mayTell(vault, { challenge, account: binding.account, now }))) return { said: 'goodbye' };
  if (step.said !== 'code') return step;
  yield* replaceCode(vault, challenge, { id: binding.challenge, mac });
  const { account_hash: accountHash, method, masked } = challenge;
  yield* audit(binding.call, { kind: 'report', at: now, accountHash, method, masked, detail: 'told' });
  return step;
}

/** The newest code of a call that goes on is the only one that is open. */
function* mayTell(
  vault: Vault,
  { challenge, account, now }: { readonly challenge: ChallengeRow; readonly account: string; readonly now: number },
): Operation<boolean> {
  const { issued_at: issuedAt, expires_at: expiresAt } = challenge;
  if (!isOpen(challenge) || !isAlive({ issuedAt, expiresAt }, now)) return false;
  return (yield* isGoingOn(challenge.call_id)) && !(yield* accountLocked(vault, account, now));
}
