import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { returnAddress, withTicket } from '../../../src/server/sign-in/return-address.ts';

const ORIGINS = ['https://app.example.com', 'http://localhost:3000'];

describe('where a web sign-in may lead back to', () => {
  it.each([
    'https://app.example.com',
    'https://app.example.com/',
    'https://app.example.com/inbox?folder=1#top',
    'HTTPS://APP.EXAMPLE.COM/inbox',
    'https://app.example.com/in?as=ana@example.com',
    'https://app.example.com/@ana#@',
    'https://app.example.com:443/inbox',
    'http://localhost:3000/demo/signed-in',
  ])('%s: to one of the exact origins, as the browser reads it', (address) => {
    const allowed = returnAddress(address, ORIGINS);
    expect(ORIGINS).toContain(new URL(allowed ?? '').origin);
  });

  it.each(openRedirects())('never %j', (address) => {
    expect(returnAddress(address, ORIGINS)).toBeNull();
  });

  it('whatever is written, the browser never leaves the origins', () => {
    const marks = fc.constantFrom(
      'https:',
      'http:',
      '//',
      '/',
      '\\',
      '@',
      ':',
      '.',
      '#',
      '?',
      '%2f',
      '%00',
      '\t',
      ' ',
      '\u3002',
    );
    const names = fc.constantFrom(
      'app.example.com',
      'localhost:3000',
      'evil.example',
      'javascript:',
      '[::1]',
      '0',
      'xn--',
    );
    const piece = fc.oneof(marks, names);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const allowed = returnAddress(pieces.join(''), ORIGINS);
        if (allowed !== null) expect(ORIGINS).toContain(new URL(withTicket(allowed, 'x')).origin);
      }),
    );
  });

  it('the ticket goes into the query, whatever stands there', () => {
    expect(withTicket('https://app.example.com/in?a=1&ticket=old#top', 'new')).toBe(
      'https://app.example.com/in?a=1&ticket=new#top',
    );
  });
});

function openRedirects(): readonly string[] {
  return [
    '',
    'evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    'https:evil.example',
    'https:/evil.example',
    'https:\\\\evil.example',
    'https://evil.example',
    'https://evil.example/https://app.example.com',
    'https://evil.example?https://app.example.com',
    'https://evil.example#https://app.example.com',
    'https://app.example.com.evil.example',
    'https://app.example.com@evil.example',
    'https://app.example.com:443@evil.example',
    'https://user:word@app.example.com/',
    'https://evil.example\\@app.example.com',
    'https://evil.example\\.app.example.com',
    'https://app.example.com\\@evil.example',
    'https://app.example.comevil.example',
    'https://evilapp.example.com',
    'https://sub.app.example.com',
    'https://app.example.com.',
    'https://app.example.com:8443',
    'http://app.example.com',
    'https://localhost:3000',
    'http://localhost:3001',
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
    'https://app\u3002example\u3002com',
    'https://app.example.com\u2028.evil.example',
    'https://\uff41pp.example.com',
    'https://app.example.com\t.evil.example',
    'https://app.example.com\r\nSet-Cookie: a=b',
    ' https://app.example.com',
    'https://app.example.com/ x',
    'https://app.example.com/\u0000',
    'javascript:alert(1)//https://app.example.com',
    'data:text/html,<script>1</script>',
    'blob:https://app.example.com/1',
    'ftp://app.example.com',
    'file:///etc/passwd',
    'https://%61pp.example.com@evil.example',
    `https://app.example.com/${'a'.repeat(3000)}`,
  ];
}
