import { describe, expect, it } from 'vitest';
import { anyEnvironment, asWritten } from '../../../src/core/callflow/as-written.ts';
import { describeExit } from '../../../src/core/callflow/describe-exit.ts';
import { loadCallflow } from '../../../src/core/callflow/load.ts';

/** The exits of a callflow as they are described, read as every command reads them. */
function described(exits: string): readonly (readonly [kind: string, does: string, says: string | null])[] {
  const source = {
    file: 'x.yaml',
    text: `callflow: x\nstart: a\nexits:\n${exits}\nblocks:\n  a: { say: hello, next: error }\n`,
  };
  const { callflow, yaml, findings } = loadCallflow(source, anyEnvironment([source]));
  expect(findings).toEqual([]);
  const written = callflow === null ? {} : asWritten({ callflow, yaml }).exits;
  return Object.entries(written).map(([name, exit]) => {
    const { kind, does, says } = describeExit(name, exit);
    return [kind, does, says];
  });
}

describe('an exit in words', () => {
  it.each([
    ['agent: { say: transferring, dial: "${AGENT_NUMBER}" }', 'agent', 'dials AGENT_NUMBER', 'transferring'],
    ['desk: { dial: "+12025550100" }', 'agent', 'dials +12025550100', null],
    ['done: { returns: done }', 'returns', 'returns to the linking callflow', null],
    ['success: { returns: success }', 'success', 'returns to the linking callflow', null],
    ['error: { say: sorry, hang-up: true }', 'error', 'hangs up', 'sorry'],
    ['bye: { hang-up: true }', 'hang-up', 'hangs up', null],
    ['wait: { queue: support }', 'queue', 'waits in the queue support', null],
    [
      'app: { redirect: "${CALLFLOW_APP}", send: [Segment, Zip] }',
      'redirect',
      'goes on at CALLFLOW_APP with Segment, Zip',
      null,
    ],
    [
      'app: { redirect: "https://example.com/ivr", send: [Segment], sealed: true }',
      'redirect',
      'goes on at https://example.com/ivr with Segment, sealed',
      null,
    ],
    ['back: { studio-return: "${CALLFLOW_STUDIO}" }', 'redirect', 'goes back to Studio at CALLFLOW_STUDIO', null],
  ])('%s', (exit, kind, does, says) => {
    expect(described(`  ${exit}`)).toEqual([[kind, does, says]]);
  });

  it('the error that is written nowhere is there all the same', () => {
    expect(describeExit('error')).toEqual({
      name: 'error',
      kind: 'error',
      does: 'dials AGENT_NUMBER',
      says: 'technical-problem',
    });
  });
});
