import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { traceOf } from '../../../src/simulator/trace/trace-of.ts';
import { traceSchema } from '../../../src/simulator/trace/trace-schema.ts';
import { codesOf, eventsOf, playFile, traced } from './traced.ts';

describe('the trace of a call', () => {
  it('tells what was said by which prompt, what was pressed, the path, the counters and the replies', async () => {
    const { trace } = await traced('[ { hears: greeting }, { press: sms }, { gets: sms }, { press: code } ]');
    expect(trace).toMatchObject({ file: 'calls.yaml', line: 4, name: 'A call', outcome: 'passed' });
    expect(eventsOf(trace, 'said').map(({ prompts }) => prompts)).toEqual([
      ['greeting'],
      ['choose-method'],
      ['enter-code.sms'],
      ['verified'],
      ['goodbye'],
    ]);
    expect(eventsOf(trace, 'turn').map(({ digits }) => digits)).toEqual([undefined, '2', '••••••']);
    expect(eventsOf(trace, 'turn').every(({ reply }) => reply?.includes('<Response>') === true)).toBe(true);
    expect(eventsOf(trace, 'turn').flatMap(({ paths }) => paths)).toContainEqual({
      callflow: 'two-factor',
      block: 'check',
      path: 'right',
    });
    expect(eventsOf(trace, 'arrived').map(({ method }) => method)).toEqual(['sms']);
    expect(eventsOf(trace, 'step').map(({ text }) => text)).toEqual([
      'hears: greeting',
      'press: sms',
      'gets: sms',
      'press: code',
    ]);
    expect(trace.calls[0]?.counters).toMatchObject({ exit: 'success', sends: 1, attempts: 1, grants: 1 });
  });

  it('has its events by the telephone: a prompt lasts, then the line listens, then keys come', async () => {
    const { trace } = await traced('[ { press: sms }, { press: code } ]');
    const [greeting, choose] = eventsOf(trace, 'said');
    expect([greeting?.at, greeting?.to]).toEqual([0, choose?.at]);
    expect(eventsOf(trace, 'listens')[0]).toEqual({ kind: 'listens', at: choose?.to, to: choose?.to, answered: true });
    expect(eventsOf(trace, 'pressed')[0]).toEqual({ kind: 'pressed', at: choose?.to, key: '2' });
  });

  it('tells that a key cut a prompt short, and when', async () => {
    const { trace } = await traced('[ { press: "2222222" }, hangs-up ]', '');
    const [cut, ...others] = eventsOf(trace, 'said').filter((said) => said.cut === true);
    const ahead = eventsOf(trace, 'pressed')[1];
    expect([cut?.prompts, cut?.to, others]).toEqual([['enter-code.sms'], ahead?.at, []]);
  });

  it('tells silence, and who hung up', async () => {
    const { trace } = await traced('[ { silent: 8s }, hangs-up ]', '');
    expect(eventsOf(trace, 'listens').filter(({ answered, at, to }) => !answered && to > at)).not.toEqual([]);
    expect(eventsOf(trace, 'ended').map(({ by }) => by)).toEqual(['caller']);
  });

  it('tells what else was done: time passing, a repeat, the fallback address, a lock, another call', async () => {
    const { trace } = await traced(
      '[ { press: sms }, repeat, { later: 1m }, { press: wrong-code }, { fallback: 11200 }, hangs-up, { elsewhere: locked }, redials ]',
      'ends: agent',
    );
    expect(trace.failure).toBeUndefined();
    expect(trace.calls).toHaveLength(2);
    expect(eventsOf(trace, 'later').map(({ ms }) => ms)).toEqual([60_000]);
    expect(eventsOf(trace, 'repeated')).toHaveLength(1);
    expect(eventsOf(trace, 'locked-elsewhere')).toHaveLength(1);
    expect(eventsOf(trace, 'fallback')).toMatchObject([{ code: 11200, reply: expect.stringContaining('<Response>') }]);
  });

  it('that fails says where, and has the counters of the call so far', async () => {
    const { trace } = await traced('[ { press: sms }, { press: wrong-code }, { hears: verified } ]');
    expect(trace).toMatchObject({
      outcome: 'failed',
      failure: { file: 'calls.yaml', line: 5, expected: 'hears: verified' },
      calls: [{ counters: { exit: '', sends: 1, attempts: 1 } }],
    });
    expect(trace.lasted).toBeGreaterThan(10_000);
  });

  it('tells a fault of ours that the call survived', async () => {
    const { trace } = await traced('[ { press: sms }, { press: code } ]', 'ends: error', ', breaks: [verify-code]');
    expect(eventsOf(trace, 'fault').map(({ reason }) => reason)).toEqual([expect.stringContaining('verify-code')]);
  });
});

describe('no trace holds', () => {
  it.each([
    ['the right code', '[ { press: sms }, { press: code } ]', 'ends: success'],
    ['a code that no step names', '[ { press: sms }, hangs-up ]', ''],
    ['an old code', '[ { press: sms }, { later: 11m }, { press: code }, { press: old-code }, hangs-up ]', ''],
  ])('a code that came to the caller: %s', async (_which, call, rest) => {
    const played = await traced(call, rest);
    expect(codesOf(played).length).toBeGreaterThan(0);
    for (const code of codesOf(played)) expect(JSON.stringify(played.trace)).not.toContain(code);
  });

  it('a wrong code that was made of the right one', async () => {
    const { trace } = await traced('[ { press: sms }, { press: wrong-code }, hangs-up ]', '');
    expect(
      eventsOf(trace, 'pressed')
        .map(({ key }) => key)
        .join(''),
    ).toBe('2••••••');
  });

  it('a code that was typed ahead over several questions', async () => {
    const played = await traced('[ { press: sms }, { press: code } ]');
    const [code = ''] = codesOf(played);
    const keys = `12${code}`.split('');
    const happened = keys.map((key, at) => ({
      kind: 'line' as const,
      event: { kind: 'pressed' as const, at, key },
      call: 1,
      at,
    }));
    const got = played.happened.filter(({ kind }) => kind === 'got');
    const trace = traceOf({ ...played, happened: [...happened, ...got] });
    expect(
      eventsOf(trace, 'pressed')
        .map(({ key }) => key)
        .join(''),
    ).toBe('12••••••');
  });

  it('the number that a call was put through to', async () => {
    const { trace } = await traced('[ { press: 0 } ]', 'ends: agent');
    expect(eventsOf(trace, 'dialled')).toMatchObject([{ to: '…99', outcome: 'completed' }]);
    expect(JSON.stringify(trace)).not.toContain('2025550199');
  });

  it('a code, a full number or a full address, whatever is played of test/calls', async () => {
    for (const name of readdirSync('test/calls').filter((each) => each.endsWith('.yaml'))) {
      const file = `test/calls/${name}`;
      for (const played of await playFile(readFileSync(file, 'utf8'), file)) {
        const trace = traceOf(played);
        const written = JSON.stringify(trace);
        expect(traceSchema.parse(JSON.parse(written))).toEqual(trace);
        for (const code of codesOf(played)) expect(written).not.toContain(code);
        expect(written).not.toMatch(/(?:\+|%2B)\d{7}|ana(?:@|%40)/);
      }
    }
  });
});
