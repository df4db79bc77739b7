/** What a caller enters as a code or a secret never leaves with the call. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/core/callflow/compile.ts';
import { LoadedLibrary } from '../../../src/core/callflow/library.ts';
import { loadCallflow } from '../../../src/core/callflow/load.ts';
import { formatFinding } from '../../../src/core/callflow/finding.ts';
import { load, shippedLibrary, shippedSources, Talk } from '../support.ts';

const pin = (send: string): string => `
callflow: pin
start: pin
inputs: [Line]
exits:
  app: { redirect: "https://other.example.com/", send: [${send}] }
blocks:
  pin: { collect: silence, digits: 4, save-as: Pin, secret: true, next: plain }
  plain: { collect: silence, digits: 2, save-as: Plain, next: app }`;

const codes = (send: string): string => `
callflow: codes
start: code
exits: { app: { studio-return: "https://other.example.com/", send: [${send}] } }
blocks:
  code: { collect: silence, digits: code, save-as: authCode, next: check }
  check: { verify-code: entered, paths: { right: app, wrong: app, finished: app, error: app } }`;

const line = (send: string): string => `
callflow: line
start: inside
exits: { app: { redirect: "https://other.example.com/", send: [${send}] } }
blocks: { inside: { link: pin, paths: { app: app } } }`;

function findings(...texts: readonly string[]): string {
  const callflows = texts.map((text) => ({ file: 'x.yaml', text }));
  const prompts = shippedSources().prompts.filter(({ callflow }) => callflow === 'standard');
  const found = load({ callflows, prompts }).findings.filter(({ code }) => code === 'CF210');
  return found.map((each) => formatFinding(each, callflows.at(-1)?.text)).join('\n');
}

describe('CF210: an exit that would hand over', () => {
  it('a secret', () => {
    expect(findings(pin('Plain, Pin'))).toMatchInlineSnapshot(`
      "x.yaml:6:64  error CF210  "Pin" is what a caller enters as a code or a secret, and the exit "app" hands it to another application.
        5 | exits:
        6 |   app: { redirect: "https://other.example.com/", send: [Plain, Pin] }
          |                                                                ^^^
        Take it out of \`send\`: the other application learns by \`path\` and \`verified\` how it went."
    `);
  });

  it.each([
    ['a reading of a secret', [pin('Pin_nbest1')]],
    ['how sure a reading of it is', [pin('Pin_nbestConfidence1')]],
    ['what is collected as a code', [codes('authCode')]],
    ['what is tried as a code', [codes('entered')]],
    ['a reading of what is tried as a code', [codes('entered_nbest2')]],
    ['a secret of a callflow that it links to', [pin('Plain'), line('Pin')]],
    [
      'a secret of a callflow that links to it',
      [
        line('Plain'),
        pin('Line').replace('Pin, secret: true', 'Other'),
        'callflow: outer\nstart: a\nexits: { bye: { hang-up: true } }\nblocks:\n  a: { collect: silence, digits: 4, save-as: Line, secret: true, next: b }\n  b: { link: pin, with: [Line], paths: { app: bye } }',
      ],
    ],
  ])('%s', (_what, texts) => {
    expect(findings(...texts)).not.toBe('');
  });

  it.each([
    ['a variable that is no secret', [pin('Plain, Plain_nbest1, Line')]],
    ['one that only begins like a secret', [pin('PinCode')]],
    ['a secret of a callflow that the call does not come through', [pin('Plain'), codes('Pin')]],
  ])('is not made of %s', (_what, texts) => {
    expect(findings(...texts)).toBe('');
  });
});

describe('the second lock: also where a callflow was never checked', () => {
  function handedOver(texts: readonly string[], ...entries: readonly string[]): object {
    const shipped = shippedLibrary();
    const { standard } = shipped;
    const flows = texts.map((text) => {
      const { callflow } = loadCallflow({ file: 'x.yaml', text }, {});
      if (callflow === null) throw new Error('it cannot be read');
      return compile(callflow, { wordings: standard });
    });
    const library = new LoadedLibrary(flows, shipped);
    const { way } = new Talk(library).opens(flows[0]?.callflow.name ?? '').presses(...entries).leave;
    return way.kind === 'hand-over' ? way.variables : {};
  }

  it('a secret and its readings stay here; the rest goes', () => {
    const send = 'Pin, Pin_nbest1, Pin_nbestLength, Plain, Plain_nbest1, Line';
    expect(handedOver([pin(send)], '1234', '56')).toEqual({ Plain: '56', Plain_nbest1: '56', Line: '' });
  });

  it('a secret that a callflow was handed by the one it was linked from stays here, too', () => {
    const outer =
      'callflow: outer\nstart: a\nblocks:\n  a: { collect: silence, digits: 4, save-as: Line, secret: true, next: b }\n  b: { link: pin, with: [Line] }';
    expect(handedOver([outer, pin('Line, Plain')], '9876', '1234', '56')).toEqual({ Plain: '56' });
  });
});
