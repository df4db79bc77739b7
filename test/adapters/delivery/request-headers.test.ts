import { describe, expect, it } from 'vitest';
import { readRequestHeaders } from '../../../src/adapters/delivery/request-headers.ts';
import { DialproofError } from '../../../src/core/errors.ts';

function refusal(setting: string): DialproofError {
  try {
    readRequestHeaders(setting);
  } catch (error) {
    if (error instanceof DialproofError) return error;
  }
  throw new Error('not refused');
}

describe('G18: request headers', () => {
  it.each([
    ['', {}],
    ['  \n', {}],
    [
      '"HeaderName1:HeaderValue1","HeaderName2:HeaderValue2"',
      { headername1: 'HeaderValue1', headername2: 'HeaderValue2' },
    ],
    ['"Content-Type:application/json"', { 'content-type': 'application/json' }],
    [' "A: b" , "C : d" ', { a: 'b', c: 'd' }],
    ['"X-Time:12:30:59"', { 'x-time': '12:30:59' }],
    ['"Accept:text/xml, */*;q=0.1","B:c"', { accept: 'text/xml, */*;q=0.1', b: 'c' }],
    ['"Authorization:Basic YWRtaW46cHc="', { authorization: 'Basic YWRtaW46cHc=' }],
    ['"constructor:a","__proto__x:b"', { constructor: 'a', __proto__x: 'b' }],
  ])('reads %s', (setting, headers) => {
    expect(readRequestHeaders(setting)).toEqual(headers);
  });

  it.each([
    ['a header without quotes', 'A:secret', 1, 'no header in straight double quotes'],
    ['single quotes', "'A:secret'", 1, 'no header in straight double quotes'],
    ['typographic quotes', '“A:secret”', 1, 'no header in straight double quotes'],
    ['an open quote', '"A:b","C:secret', 7, 'no header in straight double quotes'],
    ['a comma at the end', '"A:b",', 7, 'no header in straight double quotes'],
    ['a missing comma', '"A:b" "C:secret"', 1, 'no header in straight double quotes'],
    ['a semicolon between', '"A:b";"C:secret"', 1, 'no header in straight double quotes'],
    ['only a comma', ',', 1, 'no header in straight double quotes'],
    ['no colon', '"A:b","secret"', 7, 'without a colon'],
    ['no name', '":secret"', 1, 'a header name stands that HTTP does not allow'],
    ['a space in the name', '"X Key:secret"', 1, 'a header name stands that HTTP does not allow'],
    ['no value', '"A:b","C: "', 7, '"c" has no value'],
    ['a line break in a value', '"A:secret\r\nHost: evil.example"', 1, 'the value of "a" holds characters'],
    ['a character beyond Latin-1', '"A:secret€"', 1, 'the value of "a" holds characters'],
    ['a slot', '"X-To:{{to}}"', 1, 'slots are filled only in URL and body'],
    ['the same header twice', '"A:b","a:secret"', 7, '"a" is named a second time'],
    ['a header of the connection', '"Content-Length:5"', 1, 'Dialproof writes itself'],
    ['Host', '"Host:evil.example"', 1, 'Dialproof writes itself'],
  ])('refuses %s, names the place, shows no value and says how to write it', (_what, setting, character, what) => {
    const { code, message, fix } = refusal(setting);
    expect(code).toBe('settings-invalid');
    expect(message).toContain(`SMS_REQUEST_HEADERS cannot be read: from character ${character} on, `);
    expect(message).toContain(what);
    expect(message).not.toContain('secret');
    expect(fix).toContain('"Name:Value"');
  });
});
