import { VERBS } from '../blocks/index.ts';
import type { Callflow } from './callflow.ts';

/** The variables that hold what callers entered as a code or a secret, in any of these callflows. */
export function secretsIn(callflows: Iterable<Callflow>): ReadonlySet<string> {
  const secrets = new Set<string>();
  for (const callflow of callflows) {
    for (const { verb, body } of callflow.blocks.values()) {
      const kind = VERBS.get(verb)?.kind;
      const secret =
        kind?.does === 'perform'
          ? kind.blanks?.(body)
          : kind?.does === 'listen' && (kind.secrecy?.(body) ?? null) !== null
            ? kind.saves?.(body)
            : undefined;
      if (secret !== undefined) secrets.add(secret);
    }
  }
  return secrets;
}

/** The variables with the codes that a callflow tries. */
export function triedIn({ blocks }: Callflow): ReadonlySet<string> {
  const tried = [...blocks.values()].flatMap(({ verb, body }) => {
    const kind = VERBS.get(verb)?.kind;
    return kind?.does === 'perform' ? (kind.blanks?.(body) ?? []) : [];
  });
  return new Set(tried);
}

/** Whether a variable is one of the secrets, or a reading of one (`authCode_nbest1`). */
export function isSecret(variable: string, secrets: ReadonlySet<string>): boolean {
  return secrets.has(variable) || secrets.has(variable.replace(/_nbest[A-Za-z]*\d*$/, ''));
}

/** The callflows that a call which begins in this one can come to by links, itself included. */
export function linkedFrom(callflow: Callflow, find: (name: string) => Callflow | undefined): ReadonlySet<Callflow> {
  const met = new Set([callflow]);
  for (const each of met) {
    for (const { verb, body } of each.blocks.values()) {
      const kind = VERBS.get(verb)?.kind;
      const linked = kind?.does === 'link' ? find(kind.callflow(body)) : undefined;
      if (linked !== undefined) met.add(linked);
    }
  }
  return met;
}
