import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBrowser } from '../../../src/server/sign-in/browser.ts';
import { fieldsOf } from '../../../src/server/sign-in/request-fields.ts';

const BROWSER = '{"fingerprint":"f1","browser":"Chrome","browserVersion":"1.2.3","os":"Windows","mobile":false}';

describe('what a platform may send', () => {
  it.each([
    [
      'application/xml',
      `<request><userLogonReferenceAuthenticate>ana</userLogonReferenceAuthenticate><browser>${BROWSER.replaceAll('"', '&quot;')}</browser></request>`,
    ],
    [
      'text/xml; charset=utf-8',
      `<?xml version="1.0"?><p><browser><![CDATA[${BROWSER}]]></browser><userLogonReferenceAuthenticate>ana</userLogonReferenceAuthenticate></p>`,
    ],
    [
      'application/x-www-form-urlencoded',
      new URLSearchParams({ userLogonReferenceAuthenticate: 'ana', browser: BROWSER }).toString(),
    ],
    ['application/json', JSON.stringify({ userLogonReferenceAuthenticate: 'ana', browser: BROWSER })],
    ['application/json', `{"userLogonReferenceAuthenticate":"ana","browser":${BROWSER}}`],
  ])('E5 E6: %s with the user and the JSON about the browser', (type, body) => {
    const fields = fieldsOf(body, type);
    expect(fields?.get('userLogonReferenceAuthenticate')).toBe('ana');
    expect(readBrowser(fields?.get('browser') ?? '')).toEqual({ fingerprint: 'f1', name: 'Chrome 1.2.3 on Windows' });
  });

  it('a parameter that is given twice counts as absent: nobody can say which was meant', () => {
    expect(fieldsOf('a=1&a=2&b=3', 'application/x-www-form-urlencoded')).toEqual(new Map([['b', '3']]));
    expect(fieldsOf('<r><a>1</a><a>2</a><b>3</b></r>', 'text/xml')).toEqual(new Map([['b', '3']]));
  });

  it.each([
    ['text/plain', 'a=1'],
    ['', 'a=1'],
    ['application/json', '[1]'],
    ['application/json', '{'],
    ['application/json', 'null'],
    ['application/xml', '<a>'],
    ['application/xml', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['application/xml', ''],
  ])('%s %s cannot be read', (type, body) => expect(fieldsOf(body, type)).toBeNull());

  it.each([
    ['E7 no fingerprint', '{"browser":"Chrome"}', { fingerprint: '', name: 'Chrome' }],
    [
      'E8 E13 what is not asked for says nothing',
      '{"userAgent":"U","resolution":"1920x1080"}',
      { fingerprint: '', name: '' },
    ],
    [
      'E9 E10 E11 E12 a telephone',
      '{"browser":"Safari","browserVersion":"18","os":"iOS","mobile":true}',
      { fingerprint: '', name: 'Safari 18 on iOS (mobile)' },
    ],
    [
      'E7 a fingerprint that is a figure',
      '{"fingerprint":3712504811,"browser":"Chrome","mobile":"yes"}',
      { fingerprint: '3712504811', name: 'Chrome' },
    ],
    ['figures in place of other texts', '{"fingerprint":null,"browser":7}', { fingerprint: '', name: '' }],
    ['no JSON', 'Chrome', { fingerprint: '', name: '' }],
    ['a list', '[]', { fingerprint: '', name: '' }],
  ])('%s', (_what, json, browser) => expect(readBrowser(json)).toEqual(browser));

  it('E7: two long fingerprints that differ at their end are those of two browsers', () => {
    const fonts = 'Arial,'.repeat(500);
    const [one, other] = ['a', 'b'].map((last) => readBrowser(JSON.stringify({ fingerprint: fonts + last })));
    expect(one?.fingerprint).not.toBe('');
    expect(one?.fingerprint).not.toBe(other?.fingerprint);
  });

  it('no text about a browser breaks anything', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (json) => {
        const { fingerprint, name } = readBrowser(json);
        expect(fingerprint.length).toBeLessThanOrEqual(1024);
        expect(name).toMatch(/^[^\p{C}]{0,100}$/u);
      }),
    );
  });
});
