import { parse } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';

/** `__Host-`: the browser keeps it for this very origin, only by https (or on localhost), for no subdomain. */
export const DEVICE_COOKIE = '__Host-dialproof-device';
export const BROWSER_COOKIE = '__Host-dialproof-browser';

const TOKEN = /^[\w-]{22,86}$/;

/** A token out of a cookie; empty where there is none that could be one of ours. */
export function tokenIn(request: Request, name: string): string {
  const header = request.get('cookie') ?? '';
  const value = parse(header.slice(0, 16_384))[name] ?? '';
  return TOKEN.test(value) ? value : '';
}

/** `lasts`: milliseconds; absent: until the browser is closed. */
export function setToken(
  response: Response,
  cookie: { readonly name: string; readonly token: string; readonly lasts?: number },
): void {
  const { name, token, lasts } = cookie;
  response.cookie(name, token, { ...SAFE, ...(lasts === undefined ? {} : { maxAge: lasts }) });
}

const SAFE: CookieOptions = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' };
