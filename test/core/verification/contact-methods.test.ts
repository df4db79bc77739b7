import { describe, expect, it } from 'vitest';
import type { XmlElement } from '../../../src/core/contracts/web-service.ts';
import { readContactMethods, statusOf } from '../../../src/core/verification/contact-methods.ts';

function element(
  name: string,
  content: string | readonly XmlElement[] = [],
  attributes: Readonly<Record<string, string>> = {},
): XmlElement {
  return typeof content === 'string'
    ? { name, attributes, children: [], text: content }
    : { name, attributes, children: content, text: '' };
}

const status = (text: string): XmlElement => element('status', text);
const method = (name: string, value?: string): XmlElement =>
  element('method', [], { name, ...(value === undefined ? {} : { value }) });
const document = (...children: readonly XmlElement[]): XmlElement => element('checkVerifiedContactMethods', children);

describe('the status of an answer', () => {
  const answer = (...children: readonly XmlElement[]): string | null =>
    statusOf(element('codeAuthentication', children), 'codeAuthentication');

  it.each([
    ['success', 'success'],
    ['Incorrect Code', 'incorrect code'],
    ['  ERROR\n', 'error'],
    ['__proto__', '__proto__'],
    ['x'.repeat(64), 'x'.repeat(64)],
    [` ${'x'.repeat(64)} `, 'x'.repeat(64)],
  ])('D4: %j counts as %j', (written, counted) => {
    expect(answer(status(written))).toBe(counted);
  });

  it.each<[string, XmlElement]>([
    ['another root', element('sendAuthenticationCode', [status('success')])],
    ['the root in other letters', element('CodeAuthentication', [status('success')])],
    ['the root with a prefix', element('x:codeAuthentication', [status('success')])],
    ['no status', element('codeAuthentication')],
    ['the status as text of the root', element('codeAuthentication', 'success')],
    ['the status as attribute', element('codeAuthentication', [], { status: 'success' })],
    ['a status that is not directly in the root', element('codeAuthentication', [element('x', [status('success')])])],
    ['the status element in other letters', element('codeAuthentication', [element('Status', 'success')])],
    ['two statuses', element('codeAuthentication', [status('error'), status('success')])],
    ['two that agree', element('codeAuthentication', [status('success'), status('success')])],
    ['an empty status', element('codeAuthentication', [status(' ')])],
    ['a status in pieces', element('codeAuthentication', [{ ...status('success'), children: [element('b')] }])],
    ['a status of over 64 characters', element('codeAuthentication', [status('x'.repeat(65))])],
  ])('D6: %s is a failure and never a status', (_what, root) => {
    expect(statusOf(root, 'codeAuthentication')).toBeNull();
  });
});

describe('the Check Verified Contact Methods document (G33)', () => {
  it('G34: the sample of the reference document', () => {
    const methods = element('methods', [
      method('email', 'youremail@genesys.com'),
      method('authenticator'),
      method('SMS'),
    ]);
    expect(readContactMethods(document(status('success'), methods))).toEqual({
      status: 'success',
      methods: [
        { name: 'email', value: 'youremail@genesys.com' },
        { name: 'authenticator', value: '' },
        { name: 'sms', value: '' },
      ],
    });
  });

  it.each([
    ['G35: not found', document(status('not found')), 'not found', []],
    ['D4: in any case', document(status(' Not Found ')), 'not found', []],
    ['G35: success without a list', document(status('success')), 'success', []],
    ['an empty list', document(status('success'), element('methods')), 'success', []],
    [
      'the list before the status',
      document(element('methods', [method('email')]), status('success')),
      'success',
      ['email'],
    ],
    [
      'names in any case, with blanks (D4)',
      document(status('success'), element('methods', [method(' EMAIL '), method('Sms')])),
      'success',
      ['email', 'sms'],
    ],
    [
      'a method without a name is listed as none',
      document(status('success'), element('methods', [element('method')])),
      'success',
      [''],
    ],
    [
      'what is no method is passed over',
      document(status('success'), element('methods', [element('note'), method('sms')])),
      'success',
      ['sms'],
    ],
    ['a method outside the list is none', document(status('success'), method('sms')), 'success', []],
  ])('%s', (_what, root, read, names) => {
    const found = readContactMethods(root);
    expect(found?.status).toBe(read);
    expect(found?.methods.map((each) => each.name)).toEqual(names);
  });

  it('G37: the value is what is given, without blanks around it', () => {
    const found = readContactMethods(
      document(status('success'), element('methods', [method('sms', ' +12025550156 ')])),
    );
    expect(found?.methods).toEqual([{ name: 'sms', value: '+12025550156' }]);
  });

  it.each<[string, XmlElement]>([
    ['another root', element('contactMethods', [status('success')])],
    ['no status', document(element('methods', [method('email')]))],
    ['two statuses', document(status('success'), status('not found'))],
    ['a status of the other services', document(status('incorrect code'))],
    ['a status that is none', document(status('ok'))],
    ['a longer status that begins like one', document(status('success!'))],
  ])('D6: %s is a failure, never "no method"', (_what, root) => {
    expect(readContactMethods(root)).toBeNull();
  });
});
