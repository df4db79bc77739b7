import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXml } from '../../src/adapters/web-service/xml-reader.ts';
import type { XmlElement } from '../../src/core/contracts/web-service.ts';
import { statusKey, statusOf, textAt } from '../../src/core/service-answer.ts';

function root(xml: string): XmlElement {
  const answer = readXml(xml);
  if (answer.kind === 'failed') throw new Error(answer.reason);
  return answer.root;
}

describe('the status of an answer', () => {
  it.each([
    ['<a><status>success</status></a>', 'success'],
    ['<a><status> \n Not_Found </status><b/></a>', 'not found'],
    ['<a><status>not-found</status></a>', 'not found'],
    ['<a><b/><status><![CDATA[SUCCESS]]></status></a>', 'success'],
    ['<a><status/></a>', ''],
    ['<a/>', null],
    ['<a><b><status>success</status></b></a>', null],
    ['<status>success</status>', null],
    ['<a><status>success</status><status>failed</status></a>', null],
    ['<a status="success"/>', null],
  ])('%s: %s', (xml, status) => {
    expect(statusOf(root(xml))).toBe(status);
  });

  it('is spelled in one way, however often it is spelled', () => {
    fc.assert(fc.property(fc.string(), (text) => statusKey(statusKey(text)) === statusKey(text)));
  });
});

describe('the text at a place of an answer', () => {
  const xml =
    '<balance currency="USD" x:id="7"><amount> 128.40 </amount><amount>2</amount><owner><name kind="first">Ana\n\t Lee</name><name kind="x"/></owner></balance>';

  it.each([
    ['balance/amount', '128.40'],
    ['balance/owner/name', 'Ana Lee'],
    ['balance/owner/name/@kind', 'first'],
    ['balance/@currency', 'USD'],
    ['balance/@x:id', '7'],
    ['balance', ''],
    ['amount', ''],
    ['other/amount', ''],
    ['balance/owner/amount', ''],
    ['balance/@missing', ''],
    ['balance/@toString', ''],
    ['balance/missing/@currency', ''],
    ['balance/Amount', ''],
  ])('%s: "%s"', (place, text) => {
    expect(textAt(root(xml), place)).toBe(text);
  });

  it('has no control characters and at most 1,000 others', () => {
    const text = (inside: string): string => textAt({ ...root('<a/>'), text: inside }, 'a');
    expect(text('a\u0007b\u0085c\u007f')).toBe('abc');
    expect(text('é😀'.repeat(600))).toBe('é😀'.repeat(500));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), (any) => {
        expect(text(any)).toMatch(/^\P{Cc}{0,1000}$/u);
      }),
    );
  });
});
