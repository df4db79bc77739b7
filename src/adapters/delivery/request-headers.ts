import { DialproofError } from '../../core/errors.ts';

/** RFC 9110 5.6.2 and 5.5. */
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]+$/;
/** They belong to the connection or say where the body ends: the HTTP client writes them. */
const NOT_OURS = [
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'accept-encoding',
];

/**
 * Reads `SMS.RequestHeaders` (G18): `"HeaderName1:HeaderValue1","HeaderName2:HeaderValue2"`, or blank. Names come
 * back in lower case. Throws `settings-invalid` with the place of the fault, never with a value: values hold keys.
 */
export function readRequestHeaders(setting: string): Readonly<Record<string, string>> {
  const headers = new Map<string, string>();
  const quoted = /\s*"([^"]*)"\s*(,|$)/y;
  const end = setting.trimEnd().length;
  let another = end > 0;
  while (another) {
    const at = quoted.lastIndex;
    const [, header, separator] = quoted.exec(setting) ?? fault(at, 'no header in straight double quotes stands');
    const [name, value] = split(header ?? '', at);
    if (headers.has(name)) fault(at, `"${name}" is named a second time`);
    headers.set(name, value);
    another = separator === ',';
  }
  return Object.fromEntries(headers);
}

function split(header: string, at: number): readonly [string, string] {
  const colon = header.indexOf(':');
  const name = header.slice(0, Math.max(colon, 0)).trim().toLowerCase();
  const value = header.slice(colon + 1).trim();
  if (colon < 0) fault(at, 'a header without a colon stands');
  if (!NAME.test(name)) fault(at, 'a header name stands that HTTP does not allow');
  if (NOT_OURS.includes(name)) fault(at, `"${name}" stands, which Dialproof writes itself`);
  if (value === '') fault(at, `"${name}" has no value`);
  if (!VALUE.test(value)) fault(at, `the value of "${name}" holds characters that HTTP does not allow`);
  if (value.includes('{{')) fault(at, `the value of "${name}" holds a slot, and slots are filled only in URL and body`);
  return [name, value];
}

function fault(at: number, what: string): never {
  throw new DialproofError(
    'settings-invalid',
    `SMS_REQUEST_HEADERS cannot be read: from character ${at + 1} on, ${what}.`,
    {
      fix: 'Write each header as "Name:Value" in double quotes and separate them by commas, for example "Content-Type:application/json","X-Api-Key:secret". It may be blank.',
    },
  );
}
