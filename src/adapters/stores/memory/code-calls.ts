import type { CodeCall, CodeCallMade, CodeCallStore, CodeCallTurn } from '../../../core/contracts/code-calls.ts';
import { isAlive } from '../../../core/verification/code.ts';
import { nextStep, repeatOf, type CodeCallStep } from '../../../core/verification/code-call.ts';
import { accountLocked } from './accounts.ts';
import { findChallenge, named } from './challenges.ts';
import { isOpen } from './close-live.ts';
import type { Call, Challenge, KeptCodeCall, Memory } from './memory.ts';
import { reportFailed } from './reports.ts';

const OVER: CodeCallStep = { said: 'nothing' };

export function readCodeCall(memory: Memory, token: string): CodeCall | null {
  const kept = memory.codeCalls.get(token);
  return kept ? { binding: kept.binding, tells: kept.tells } : null;
}

export function stepCodeCall(memory: Memory, turn: CodeCallTurn): CodeCallMade {
  const { step: number, input } = turn;
  const kept = memory.codeCalls.get(turn.token);
  if (!kept || kept.isEnded) return { step: OVER, next: number, told: false };
  const { steps } = kept;
  const made = steps[number];
  if (made !== undefined) return { step: repeatOf(made), next: number + 1, told: false };
  if (number !== steps.length) return { step: OVER, next: number, told: false };
  const last = steps.at(-1);
  // A Redirect back to the question that stands: only a key, or our mark, answers it.
  if (last !== undefined && input.type === 'nothing') return { step: repeatOf(last), next: number, told: false };
  const step = stepOf(memory, kept, turn);
  steps.push(step);
  return { step, next: number + 1, told: step.said === 'code' };
}

export function endCodeCall(
  memory: Memory,
  { token, now }: Parameters<CodeCallStore['endCodeCall']>[0],
): string | null {
  const kept = memory.codeCalls.get(token);
  if (!kept || kept.isEnded) return null;
  kept.isEnded = true;
  if (kept.steps.some(({ said }) => said === 'code')) return null;
  return reportFailed(memory, { method: 'voice', token, now });
}

/** The step that is made, with its code kept where it tells one. */
function stepOf(memory: Memory, kept: KeptCodeCall, { input, now, mac }: CodeCallTurn): CodeCallStep {
  const step = nextStep(kept.steps, input, kept.tells.key);
  if (step.said === 'goodbye' || step.said === 'nothing') return step;
  const call = memory.calls.get(kept.binding.call);
  const challenge = call && findChallenge(call, kept.binding.challenge);
  if (!call || !challenge || !mayTell(memory, call, { challenge, now })) return { said: 'goodbye' };
  if (step.said !== 'code') return step;
  challenge.mac = mac;
  memory.audit.push({ ...named(challenge), kind: 'report', at: now, detail: 'told' });
  return step;
}

/** The newest code of a call that goes on is the only one that is open. */
function mayTell(memory: Memory, call: Call, { challenge, now }: { challenge: Challenge; now: number }): boolean {
  const isLive = isOpen(challenge) && isAlive(challenge.issued, now) && call.phase !== 'ended';
  return isLive && !accountLocked(memory, challenge.issued.account, now);
}
