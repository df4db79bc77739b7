/** node:http and one HMAC over address and form: about the least that a signed webhook costs in Node. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { DOCUMENT } from './document.ts';

const { PORT, TWILIO_AUTH_TOKEN: authToken = '' } = process.env;
const origin = `http://127.0.0.1:${PORT}`;

createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => void parts.push(part));
  request.on('end', () => {
    const signed = isSigned(request.url ?? '', Buffer.concat(parts).toString(), request.headers['x-twilio-signature']);
    response.writeHead(signed ? 200 : 403, { 'content-type': 'text/xml' });
    response.end(signed ? DOCUMENT : '');
  });
}).listen(Number(PORT), '127.0.0.1', () => process.stderr.write('ready\n'));

function isSigned(path: string, body: string, signature: string | readonly string[] | undefined): boolean {
  const form = [...new URLSearchParams(body)].sort(([one], [other]) => (one < other ? -1 : 1));
  const text = form.reduce((all, [name, value]) => all + name + value, origin + path);
  const expected = createHmac('sha1', authToken).update(text).digest();
  const given = Buffer.from(typeof signature === 'string' ? signature : '', 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
