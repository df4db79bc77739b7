export interface Clock {
  /** Wall clock, milliseconds. */
  now(): number;
  /** A clock that is never set back, milliseconds. */
  monotonic(): number;
}

export interface Random {
  /** 128 bits, base64url. */
  token(): string;
}
