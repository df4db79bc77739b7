/** The authenticator application of a customer of the demo company, which is nobody's telephone: the demo's page shows it. */
export interface DemoApplication {
  readonly account: string;
  /** Null when it was revoked. */
  present(): Promise<PresentCode | null>;
}

export interface PresentCode {
  /** The code that a caller may type now; null while the present one and the next one are used up. */
  readonly code: string | null;
  /** From when on there is one, milliseconds of the wall clock. */
  readonly from: number;
}

/** As an entry among the messages of a call. */
export function applicationEntry({ account }: DemoApplication, present: PresentCode) {
  const { code, from } = present;
  const text =
    code === null
      ? `The authenticator of ${account} has shown its codes of now in other calls already. Each counts once.`
      : `The authenticator of ${account} shows ${code}.`;
  return { method: 'authenticator' as const, to: '', text, code, at: from };
}
