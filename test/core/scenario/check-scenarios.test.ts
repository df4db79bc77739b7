import { describe, expect, it } from 'vitest';
import { checkScenarios } from '../../../src/core/scenario/check-scenarios.ts';
import { loadScenarios } from '../../../src/core/scenario/load-scenarios.ts';
import { check, filesWith } from '../../docs/examples.ts';

const { library } = check(filesWith([]));

/** The findings of a file: code, place, message and fix. */
function told(text: string): readonly string[] {
  const { scenarios, findings } = loadScenarios({ file: 'a.yaml', text });
  if (scenarios === null || library === null) throw new Error(findings.map(({ message }) => message).join('\n'));
  return checkScenarios(scenarios, library).map(
    ({ code, at, message, fix }) => `${code} ${at.line}:${at.column} ${message} ${fix}`,
  );
}

function steps(written: string, callflow = 'two-factor'): readonly string[] {
  return told(`callflow: ${callflow}\nscenarios:\n  - { name: a, call: [ ${written} ] }\n`);
}

function given(written: string): readonly string[] {
  return told(`callflow: main\ngiven: { ${written} }\nscenarios:\n  - { name: a, call: [ hangs-up ] }\n`);
}

/** Each finding begins so; what follows lists names. */
function expectTold(findings: readonly string[], expected: readonly string[]): void {
  expect(findings.map((finding, index) => finding.slice(0, expected[index]?.length))).toEqual(expected);
}

describe('what a scenario names and is not there is found', () => {
  it('callflow', () => {
    expectTold(told('callflow: mian\nscenarios:\n  - { name: a, call: [ hangs-up ] }\n'), [
      'CF601 1:11 There is no callflow named "mian". Did you mean "main"? Known: main, otp-nodes, two-factor, web-sign-in.',
    ]);
  });

  it.each([
    ['{ hears: enter-cod }', ['CF601 3:33 There is no prompt named "enter-cod". Did you mean "enter-code"?']],
    [
      '{ hears: enter-code.fax }',
      [
        'CF601 3:33 There is no prompt named "enter-code.fax". Did you mean "enter-code.sms"? Known: enter-code, enter-code.again,',
      ],
    ],
    ['{ hears: balance }', ['CF601 3:33 There is no prompt named "balance".']],
    [
      '{ hears: choose-method.ask }',
      ['CF602 3:33 A menu is heard as a whole, and "choose-method.ask" is a part of it. Write `hears: choose-method`'],
    ],
    ['{ press: more-tim }', ['CF601 3:33 There is no option named "more-tim". Did you mean "more-time"?']],
    ['{ press: wrong-cod }', ['CF601 3:33 There is no option named "wrong-cod". Did you mean "wrong-code"?']],
    ['{ press: 7 }, { press: old-code }, { press: star }, { hears: wrong-code.again }, hangs-up', []],
  ])('in the step %s', (written, findings) => {
    expectTold(steps(written), findings);
  });

  it('a method that the callflow does not offer', () => {
    const methods = 'It offers: email, sms, voice.';
    const no = `No code goes by authenticator: the callflow does not offer it. ${methods}`;
    expectTold(steps('{ gets: authenticator }', 'otp-nodes'), [`CF602 3:32 ${no}`]);
  });

  it.each([
    [
      'services: { blance: { fail: true } }',
      ['CF601 2:22 There is no service named "blance". Did you mean "balance"?'],
    ],
    [
      'services: { send-code: { fail: true } }',
      ['CF602 2:22 Nobody asks the service "send-code" in these calls. Asked are: balance, contact-methods.'],
    ],
    [
      'inputs: { AcountNumber: 1 }',
      ['CF601 2:20 There is no variable named "AcountNumber". Did you mean "AccountNumber"?'],
    ],
    ['inputs: { AccountNumber: 1 }, breaks: [send-code], sends-fail: [voice]', []],
  ])('in what is given: %s', (written, findings) => {
    expectTold(given(written), findings);
    const own = told(`callflow: main\nscenarios:\n  - name: a\n    given: { ${written} }\n    call: [ hangs-up ]\n`);
    expectTold(
      own,
      findings.map((each) => each.replace(/ 2:(\d+)/, (_, column: string) => ` 4:${Number(column) + 4}`)),
    );
  });

  it('an exit, of the callflow or of one that it links to', () => {
    const head = 'callflow: main\nalways: [ { ends: [succes, error] } ]\nscenarios:\n';
    const scenario = (name: string, exit: string): string =>
      `  - { name: ${name}, call: [ { press: 1001 } ], ends: ${exit} }\n`;
    expectTold(told(`${head}${scenario('a', 'agnt')}${scenario('b', 'error')}`), [
      'CF601 2:20 There is no exit named "succes". Did you mean "success"? Known: agent, error, success.',
      'CF601 4:49 There is no exit named "agnt". Did you mean "agent"? Known: agent, error, success.',
    ]);
  });

  it('once where a scenario has examples', () => {
    const examples = 'callflow: main\nscenarios:\n  - name: <n>\n    examples: [ { n: 1 }, { n: 2 } ]\n';
    expectTold(told(`${examples}    call: [ { press: <n> }, { hears: nothing } ]\n`), [
      'CF601 5:38 There is no prompt named "nothing".',
    ]);
  });

  it('of what linked callflows say and offer, nothing', () => {
    expectTold(steps('{ press: 1001 }, { hears: greeting }, { press: sms }, { hears: enter-code.sms }', 'main'), []);
  });
});
