export interface Clock {
  /** Wall clock, milliseconds. */
  now(): number;
  /** A clock that is never set back, milliseconds. */
  monotonic(): number;
  /** Acts once, so many milliseconds from now; the answer calls it off. */
  after(ms: number, act: () => void): () => void;
}

export interface Random {
  /** 128 bits, base64url. */
  token(): string;
}
