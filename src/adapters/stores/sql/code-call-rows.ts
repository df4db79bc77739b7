import type { CodeCall, CodeToTell } from '../../../core/contracts/code-calls.ts';
import type { NewChallenge } from '../../../core/contracts/codes.ts';
import type { CodeCallStep } from '../../../core/verification/code-call.ts';
import type { Vault } from '../vault.ts';
import { holdCall } from './calls.ts';
import { change, first, type Operation } from './operation.ts';
import { openJson, sealJson, type Place } from './sealed-json.ts';

export type CodeCallRow = {
  readonly report_hash: string;
  readonly call_id: string;
  readonly ended_at: number | null;
  readonly content: Uint8Array;
};

/** What is kept of a call that tells a code: never a code. */
export interface CodeCallContent extends CodeCall {
  readonly steps: readonly CodeCallStep[];
}

/** With its challenge, before the call is placed: whatever comes of the call finds it. */
export function* openCodeCall(vault: Vault, challenge: NewChallenge, tells: CodeToTell): Operation<void> {
  const { id, call, account, method } = challenge;
  const hash = reportHash(vault, challenge.report);
  const content: CodeCallContent = { binding: { challenge: id, call, account, method }, tells, steps: [] };
  yield* change(
    'INSERT INTO code_calls (report_hash, call_id, content) VALUES (?, ?, ?)',
    hash,
    call,
    sealJson(vault, content, place(call, hash)),
  );
}

/** One after the other with all that happens in the caller's call: it may end meanwhile, and void the code. */
export function* holdCodeCall(vault: Vault, token: string): Operation<CodeCallRow | undefined> {
  const row = yield* findCodeCall(vault, token);
  if (!row) return undefined;
  yield* holdCall(row.call_id);
  return yield* findCodeCall(vault, token);
}

export function* findCodeCall(vault: Vault, token: string): Operation<CodeCallRow | undefined> {
  return yield* first<CodeCallRow>(
    'SELECT report_hash, call_id, ended_at, content FROM code_calls WHERE report_hash = ?',
    reportHash(vault, token),
  );
}

export function contentOf(vault: Vault, { call_id: call, report_hash: hash, content }: CodeCallRow): CodeCallContent {
  return openJson(vault, content, place(call, hash));
}

export function* keepContent(vault: Vault, row: CodeCallRow, content: CodeCallContent): Operation<void> {
  const { call_id: call, report_hash: hash } = row;
  const sealed = sealJson(vault, content, place(call, hash));
  yield* change('UPDATE code_calls SET content = ? WHERE report_hash = ?', sealed, hash);
}

function reportHash(vault: Vault, token: string): string {
  return vault.mac('report', [token]);
}

function place(call: string, hash: string): Place<CodeCallContent> {
  return { at: [call, hash, 'code call'] };
}
