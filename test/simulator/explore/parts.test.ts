import { describe, expect, it } from 'vitest';
import { loadScenarios } from '../../../src/core/scenario/load-scenarios.ts';
import type { Given, Step } from '../../../src/core/scenario/scenario-schema.ts';
import { agreedRules } from '../../../src/simulator/explore/general-rules.ts';
import { generatedCallers } from '../../../src/simulator/explore/generated-callers.ts';
import { shrink } from '../../../src/simulator/explore/shrink.ts';
import { writtenScenario } from '../../../src/simulator/explore/written-scenario.ts';

const GIVEN: Given = { 'sends-fail': {}, breaks: [], dial: 'completed', inputs: {}, services: {} };

describe('the rules of several files', () => {
  it('hold for every call where all files say so, the widest where they differ', () => {
    const agreed = agreedRules([
      [{ sends: { 'at-most': 1 } }, { attempts: { 'at-most': 2 } }, 'success-needs-a-code', { ends: ['agent'] }],
      [{ sends: { 'at-most': 3 } }, 'success-needs-a-code', { ends: ['success', 'agent'] }],
    ]);
    expect(agreed).toEqual([{ sends: { 'at-most': 3 } }, 'success-needs-a-code', { ends: ['agent', 'success'] }]);
  });

  it('are none where there is no file', () => {
    expect(agreedRules([])).toEqual([]);
  });
});

describe('a call that breaks a rule', () => {
  const steps: readonly Step[] = ['repeat', { press: 'sms' }, { later: 25_000 }, { press: '123456' }, { press: '0' }];
  const given: Given = { ...GIVEN, customer: { email: 'ana@example.test' }, 'sends-fail': { sms: 'error' } };

  it('loses all that it does not need', async () => {
    const needs = (wanted: readonly Step[]) => (call: { readonly given: Given; readonly steps: readonly Step[] }) =>
      Promise.resolve(
        wanted.every((step) => call.steps.some((each) => JSON.stringify(each) === JSON.stringify(step))) ? call : null,
      );
    expect(await shrink({ given, steps }, needs([{ press: 'sms' }, { press: '0' }]))).toEqual({
      given: GIVEN,
      steps: [{ press: 'sms' }, { press: '0' }],
    });
    expect(await shrink({ given, steps }, needs([]))).toEqual({ given: GIVEN, steps: [] });
  });

  it('is a file of scenarios that can be read, whatever is given', () => {
    const services = ['contact-methods', 'verify-code'];
    for (const { given: any } of generatedCallers(60, { seed: 3, givens: [GIVEN, given], services })) {
      const inputs = { AccountNumber: '0042' };
      const found = { callflow: 'main', rule: 'always: sends: { at-most: 3 }', instead: 'There were 4.', steps };
      const text = writtenScenario({ ...found, given: { ...any, inputs, from: '' } }, { by: 'a "test"', at: [] });
      const { scenarios, findings } = loadScenarios({ file: 'found.yaml', text });
      expect(findings).toEqual([]);
      expect(scenarios?.scenarios[0]).toMatchObject({ given: { ...any, inputs }, call: steps });
      expect(scenarios?.always).toEqual([{ sends: { 'at-most': 3 } }]);
    }
  });
});
