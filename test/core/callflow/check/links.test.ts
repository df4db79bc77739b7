import { describe, expect, it } from 'vitest';
import { load, worded } from '../../support.ts';
import { findingsOf } from './rule-findings.ts';

const line = (link: string): string => `
callflow: line
start: ask
inputs: [CustomerEmail]
exits: { bye: { hang-up: true } }
blocks:
  ask: { collect: ask, digits: 4, save-as: AccountNumber, next: go }
  go: ${link}`;

const callflow = (inputs: string, blocks = '  hello: { say: hello, next: bye }'): string => `
callflow: other
start: hello
inputs: ${inputs}
account: AccountNumber
exits: { bye: { hang-up: true } }
blocks:
${blocks}`;

describe('CF225: a link hands over what the other callflow does not take', () => {
  it.each([
    [
      'a mistyped name',
      '{ link: other, with: [AccountNumber, CustomerEmail] }',
      '[AccountNumber, CustomerMail]',
      '8:44 "other" takes no variable named "CustomerEmail". Did you mean "CustomerMail"?',
    ],
    [
      'anything, to one that takes nothing',
      '{ link: other, with: [CustomerEmail] }',
      '[]',
      '8:29 "other" takes no variable named "CustomerEmail".',
    ],
  ])('%s', (_what, link, inputs, message) => {
    const asks = '  hello: { collect: hello, digits: 4, save-as: AccountNumber, next: bye }';
    expect(findingsOf('CF225', [line(link), callflow(inputs, asks)])).toEqual([message]);
  });

  it.each([
    [
      'what was entered is saved as one of those that it takes',
      line('{ link: other, with: [CustomerNumber] }').replace('save-as: AccountNumber', 'save-as: CustomerNumber'),
      'It takes AccountNumber, CustomerEmail and CustomerPhone: save it as one of these, and hand that over.',
    ],
    [
      'in place of what was handed in, one of those is handed over',
      line('{ link: other, with: [CustomerEmail] }'),
      'It takes AccountNumber: hand over AccountNumber.',
    ],
  ])('mended: %s', (_what, text, fix) => {
    const takes = fix.includes('CustomerPhone') ? '[AccountNumber, CustomerEmail, CustomerPhone]' : '[AccountNumber]';
    const { findings } = load(worded([text, callflow(takes)]));
    expect(findings.map((each) => [each.code, each.fix])).toEqual([['CF225', fix]]);
  });

  it('is not what it takes', () => {
    const link = '{ link: other, with: [CustomerEmail, AccountNumber] }';
    expect(findingsOf('CF225', [line(link), callflow('[AccountNumber, CustomerEmail]')])).toEqual([]);
  });
});

describe('CF226: a link does not say whose account it is', () => {
  it('where the other callflow has it only from there', () => {
    expect(findingsOf('CF226', [line('{ link: other, with: [] }'), callflow('[AccountNumber]')])).toEqual([
      '8:15 "other" verifies the account in "AccountNumber", and this link does not hand it over.',
    ]);
  });

  it.each([
    ['the link hands it over', '{ link: other, with: [AccountNumber] }', callflow('[AccountNumber]')],
    [
      'the other callflow asks for it itself',
      '{ link: other }',
      callflow('[]', '  hello: { collect: hello, digits: 4, save-as: AccountNumber, next: bye }'),
    ],
    [
      'the other callflow asks for it where it was not handed over',
      '{ link: other }',
      callflow(
        '[AccountNumber]',
        '  hello: { when: AccountNumber, is: { "": ask }, otherwise: bye }\n  ask: { collect: ask, digits: 4, save-as: AccountNumber, next: bye }',
      ),
    ],
    [
      'the other callflow verifies nobody',
      '{ link: other }',
      callflow('[AccountNumber]').replace('account: AccountNumber\n', ''),
    ],
  ])('is no mistake where %s', (_what, link, other) => {
    expect(findingsOf('CF226', [line(link), other])).toEqual([]);
  });
});

describe('CF207: an exit that returns and that no path is for', () => {
  const other = callflow('[AccountNumber]').replace('hang-up: true', 'returns: bye');
  const to = (path: string): string => line(`{ link: other, with: [AccountNumber], paths: { ${path}: bye } }`);
  const codes = (text: string): readonly string[] => load(worded([text, other])).findings.map(({ code }) => code);

  it('is found', () => {
    expect(codes(to('error'))).toEqual(['CF207']);
  });

  it('is one mistake with the path that is mistyped for it', () => {
    expect(codes(to('bey'))).toEqual(['CF206']);
  });
});
