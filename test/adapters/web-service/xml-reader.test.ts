import * as fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readXml } from '../../../src/adapters/web-service/xml-reader.ts';

const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);
const many = (elements: number): string => `<a>${'<b/>'.repeat(elements - 1)}</a>`;
const GOOD = '<codeAuthentication><status>success</status></codeAuthentication>';

describe('reading XML answers', () => {
  it('gives elements, attributes and trimmed texts', () => {
    const document = `<?xml version="1.0" encoding="UTF-8"?>
      <!-- ours -->
      <checkVerifiedContactMethods>
        <status> success </status>
        <methods><method name="email" value="a&amp;b@example.com"/><method name="SMS"><![CDATA[ x ]]>y</method></methods>
      </checkVerifiedContactMethods>`;
    expect(readXml(document)).toEqual({
      kind: 'answer',
      root: {
        name: 'checkVerifiedContactMethods',
        attributes: {},
        text: '',
        children: [
          { name: 'status', attributes: {}, children: [], text: 'success' },
          {
            name: 'methods',
            attributes: {},
            text: '',
            children: [
              { name: 'method', attributes: { name: 'email', value: 'a&b@example.com' }, children: [], text: '' },
              { name: 'method', attributes: { name: 'SMS' }, children: [], text: 'x y' },
            ],
          },
        ],
      },
    });
  });

  it.each([
    ['a byte order mark', Buffer.from(`\u{feff}${GOOD}`)],
    ['white space and a comment at the end', `${GOOD}\n<!-- end -->\n`],
    ['character references', GOOD.replace('success', '&#115;uccess')],
    ['an encoding in other letters', `<?xml version="1.0" encoding="utf-8"?>${GOOD}`],
    ['a one-byte encoding and plain ASCII', `<?xml version="1.0" encoding="ISO-8859-1"?>${GOOD}`],
    ['8 levels', nested(8)],
    ['500 elements', many(500)],
    ['64 kB', `<a>${'x'.repeat(64 * 1024 - 7)}</a>`],
  ])('accepts %s', (_what, document) => {
    expect(readXml(document)).toMatchObject({ kind: 'answer' });
  });

  it.each([
    ['nothing', ''],
    ['white space only', ' \n'],
    ['no XML at all', 'success'],
    ['JSON', '{"status":"success"}'],
    ['an HTML error page', '<!DOCTYPE html><html><body><p>Oops<br></body></html>'],
    ['a truncated end tag', GOOD.slice(0, -1)],
    ['a missing end tag', '<a><status>success</status>'],
    ['a cut in the middle', '<a><status>succ'],
    ['two roots', `${GOOD}${GOOD}`],
    ['text after the root', `${GOOD}success`],
    ['text before the root', `success${GOOD}`],
    ['crossed tags', '<a><b></a></b>'],
    ['an end tag in other letters', '<a><status>success</Status></a>'],
    ['a document type', `<!DOCTYPE a>${GOOD}`],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;&y;</a>'],
    ['an unknown entity', '<a>&nbsp;</a>'],
    ['an entity named like a property', '<a>&constructor;&__proto__;</a>'],
    ['an unescaped ampersand', '<a>you & me</a>'],
    ['a processing instruction', `<?php echo 1 ?>${GOOD}`],
    ['a stylesheet instruction inside', '<a><?xml-stylesheet href="x"?></a>'],
    ['a second XML declaration', `<a><?xml version="1.0"?></a>`],
    ['a declaration that does not come first', ` <?xml version="1.0"?>${GOOD}`],
    ['UTF-16 with a byte order mark', Buffer.from(`\u{feff}${GOOD}`, 'utf16le')],
    ['UTF-16 without one', Buffer.from(GOOD, 'utf16le')],
    ['an encoding that is said to be UTF-16', `<?xml version="1.0" encoding="UTF-16"?>${GOOD}`],
    ['bytes that are not UTF-8', Buffer.concat([Buffer.from('<a>'), Buffer.from([0xc3, 0x28]), Buffer.from('</a>')])],
    ['a one-byte encoding and more than ASCII', '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'],
    ['gzip', gzipSync(GOOD)],
    ['NUL', '<a>succ\0ess</a>'],
    ['NUL as a reference', '<a>succ&#0;ess</a>'],
    ['a control character', '<a>\u{1}</a>'],
    ['a control character that XML 1.1 would allow', '<?xml version="1.1"?><a>&#1;</a>'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['an attribute without quotes', '<a b=1/>'],
    ['9 levels', nested(9)],
    ['10,000 levels', nested(10_000)],
    ['501 elements', many(501)],
    ['64 kB and a byte', `<a>${'x'.repeat(64 * 1024 - 6)}</a>`],
    ['64 kB in two-byte characters', `<a>${'é'.repeat(33_000)}</a>`],
  ])('refuses %s', (_what, document) => {
    expect(readXml(document)).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/^[\w ,<>&'-]+$/) });
  });

  it('keeps an attribute named __proto__ an attribute', () => {
    const read = readXml('<a __proto__="x" constructor="y"/>');
    const attributes = read.kind === 'answer' ? read.root.attributes : {};
    expect(Object.getPrototypeOf(attributes)).toBeNull();
    expect(Object.entries(attributes)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });

  it('names the place of a fault and not what stands there', () => {
    expect(readXml('<a>\n<secret></a>')).toEqual({
      kind: 'failed',
      reason: 'not well-formed XML at line 2, column 12',
    });
  });

  it('takes the limits it is given', () => {
    const limits = { bytes: 20, depth: 2, elements: 3 };
    expect(readXml('<a><b/><b/></a>', limits)).toMatchObject({ kind: 'answer' });
    expect(readXml('<a><b/><b/><b/></a>', limits)).toEqual({ kind: 'failed', reason: 'over 3 elements' });
    expect(readXml('<a><b><c/></b></a>', limits)).toEqual({ kind: 'failed', reason: 'elements nested over 2 deep' });
    expect(readXml('<a><b/><b/>          </a>', limits)).toEqual({ kind: 'failed', reason: 'over 20 bytes' });
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(readXml(bytes).kind).toMatch(/^(?:answer|failed)$/);
      }),
    );
  });

  it('never accepts the beginning of a document', () => {
    const beginnings = Array.from({ length: GOOD.length }, (_, length) => GOOD.slice(0, length));
    expect(beginnings.filter((beginning) => readXml(beginning).kind !== 'failed')).toEqual([]);
  });
});
