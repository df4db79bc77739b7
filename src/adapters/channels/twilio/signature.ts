import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';

export interface SignedRequest {
  /** Path and query as they were requested, for example `/voice/main?x=1`. */
  readonly target: string;
  readonly signature: string | undefined;
  /** Every parameter, one given twice as a list: the signature covers all of them. */
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * Whether a request comes from the holder of an auth token: X-Twilio-Signature over the configured public URL and the
 * parameters. Host and X-Forwarded-* decide nothing. No token: nobody. Several tokens: while they are being rotated.
 */
export function isSigned(
  request: SignedRequest,
  settings: { readonly publicUrl: string; readonly tokens: readonly string[] },
): boolean {
  const { signature, target, parameters } = request;
  if (signature === undefined || !target.startsWith('/') || isCutUp(request)) return false;
  if (target.split('&').length > MOST_IN_QUERY) return false;
  return settings.tokens.some((token) => {
    try {
      return token !== '' && validateRequest(token, signature, settings.publicUrl + target, parameters);
    } catch {
      // The SDK throws on an address it cannot parse; such a request was signed by nobody.
      return false;
    }
  });
}

/** The SDK drops what stands after the first 1000 in one of the spellings that it tries, so that nothing covers it. */
const MOST_IN_QUERY = 100;

/**
 * The signature does not keep address, names and values apart, and never grows old: whoever caught a start could cut it
 * into one with another CallSid or a shorter address, under the same signature. Each such cut swallows or splits one of
 * two names that platforms send with every call, so the name stands in the text and not among the parameters.
 */
function isCutUp({ target, parameters }: SignedRequest): boolean {
  const names = Object.keys(parameters);
  if (names.some((name) => isEndOf(target, name))) return true;
  const missing = ALWAYS_SENT.filter(({ name }) => parameters[name] === undefined);
  if (missing.length === 0) return false;
  const values = names.toSorted().flatMap((name) => [parameters[name] ?? []].flat().map((value) => name + value));
  const text = target + values.join('');
  return missing.some(({ found }) => found.test(text));
}

/** Followed by "=" it is the query of a webhook by GET. */
const ALWAYS_SENT = [
  { name: 'AccountSid', found: /AccountSid(?!=)/ },
  { name: 'CallStatus', found: /(?<!Dial)CallStatus(?!=)/ },
];

/**
 * Whether a name may be the end of a longer address. Only names that sort before the first that platforms send stand
 * right behind it. A path ends in no such name; a query may, and nobody can tell.
 */
function isEndOf(target: string, name: string): boolean {
  return name < 'AccountSid' && (target.includes('?') || !/^[A-Za-z]/.test(name));
}
