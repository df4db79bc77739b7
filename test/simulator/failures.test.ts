import { describe, expect, it } from 'vitest';
import { ENDS } from './failures/ends.ts';
import { STEPS } from './failures/steps.ts';
import { TWO_FACTOR } from './failures/told.ts';
import { SPOKEN } from './own-callflows.ts';
import { playOne, simulatorOf } from './playing.ts';

const simulator = simulatorOf(SPOKEN);

describe('a scenario does not hold, and its step, what happened in its place and what to do are told:', () => {
  it.each([...STEPS, ...ENDS])('$title', async ({ head = TWO_FACTOR, lines, at, expected, instead, fix }) => {
    const text = `${head}scenarios:\n  - name: a\n${lines.map((each) => `    ${each}\n`).join('')}`;
    const { outcome, failure } = await playOne(text, simulator);
    expect(outcome).toBe('failed');
    const shown = text.split('\n')[(failure?.at.line ?? 0) - 1];
    expect(shown?.trim()).toBe(typeof at === 'string' ? at : at === 0 ? '- name: a' : lines[at - 1]?.trim());
    expect(failure?.expected).toBe(expected);
    expect(failure?.instead).toContain(instead);
    expect(failure?.fix).toContain(fix);
  });
});
