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
  if (signature === undefined || !target.startsWith('/')) return false;
  return settings.tokens.some((token) => {
    try {
      return token !== '' && validateRequest(token, signature, settings.publicUrl + target, parameters);
    } catch {
      // The SDK throws on an address it cannot parse; such a request was signed by nobody.
      return false;
    }
  });
}
