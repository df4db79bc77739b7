import { describe, expect, it } from 'vitest';
import { readStatusDocument } from '../../../src/adapters/web-service/status-document.ts';
import { readXml } from '../../../src/adapters/web-service/xml-reader.ts';

function statusOf(document: string): ReturnType<typeof readStatusDocument> {
  const read = readXml(document);
  return read.kind === 'answer' ? readStatusDocument(read.root, 'codeAuthentication') : read;
}

describe('the status of an answer', () => {
  it.each([
    ['success', 'success'],
    ['Incorrect Code', 'incorrect code'],
    ['  ERROR\n', 'error'],
    ['<![CDATA[success]]>', 'success'],
    ['__proto__', '__proto__'],
    ['x'.repeat(64), 'x'.repeat(64)],
  ])('D4: %j counts as %j', (written, status) => {
    expect(statusOf(`<codeAuthentication><status>${written}</status></codeAuthentication>`)).toEqual({
      kind: 'status',
      status,
    });
  });

  it.each([
    ['another root', '<sendAuthenticationCode><status>success</status></sendAuthenticationCode>'],
    ['the root in other letters', '<CodeAuthentication><status>success</status></CodeAuthentication>'],
    ['the root with a prefix', '<x:codeAuthentication xmlns:x="y"><status>success</status></x:codeAuthentication>'],
    ['no status', '<codeAuthentication/>'],
    ['the status as text of the root', '<codeAuthentication>success</codeAuthentication>'],
    ['the status as attribute', '<codeAuthentication status="success"/>'],
    [
      'a status that is not directly in the root',
      '<codeAuthentication><x><status>success</status></x></codeAuthentication>',
    ],
    ['the status element in other letters', '<codeAuthentication><Status>success</Status></codeAuthentication>'],
    ['two statuses', '<codeAuthentication><status>error</status><status>success</status></codeAuthentication>'],
    ['two that agree', '<codeAuthentication><status>success</status><status>success</status></codeAuthentication>'],
    ['an empty status', '<codeAuthentication><status> </status></codeAuthentication>'],
    ['a status in pieces', '<codeAuthentication><status>succ<b/>ess</status></codeAuthentication>'],
    ['a status of 10 kB', `<codeAuthentication><status>${'success'.repeat(1_500)}</status></codeAuthentication>`],
  ])('D6: %s is a failure and never a status', (_what, document) => {
    expect(statusOf(document)).toMatchObject({ kind: 'failed' });
  });
});
