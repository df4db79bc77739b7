/**
 * The headers of every page. `returnOrigins`: where the browser may be sent after its form, since Chromium holds a
 * redirect that follows a form against `form-action`, too.
 */
export function pageHeaders(returnOrigins: readonly string[]): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "style-src 'self'",
      "img-src 'self'",
      ["form-action 'self'", ...returnOrigins].join(' '),
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
    'Cache-Control': 'no-store',
    // With `no-referrer`, browsers would post forms with the Origin `null`, which nobody can tell from another site's.
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  };
}
