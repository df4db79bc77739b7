import type { Exit } from '../callflow/schema.ts';

/** How a call leaves. */
export type Way =
  | { readonly kind: 'hang-up' }
  | { readonly kind: 'dial'; readonly to: string }
  | { readonly kind: 'queue'; readonly queue: string }
  | ({ readonly kind: 'hand-over' } & HandOver);

/** What another application gets when a call is handed over to it, besides the path and whether it is verified. */
export interface HandOver {
  readonly url: string;
  /** Twilio Studio: its flow goes on where it had redirected to us. */
  readonly studio: boolean;
  /** The variables travel in the encrypted token alone. */
  readonly sealed: boolean;
  readonly variables: Readonly<Record<string, string>>;
}

/** Which call it is, and the exit that it left by. */
export interface HandedOverBy {
  readonly call: string;
  readonly path: string;
  readonly verified: boolean;
  readonly now: number;
}

/**
 * The way that an exit takes, and the standard prompt that is said besides. `valueOf` is null for what must not leave
 * with the call.
 */
export function wayOf(
  exit: Exit,
  valueOf: (variable: string) => string | null,
): { readonly way: Way; readonly says: string | null } {
  const way = (taken: Way) => ({ way: taken, says: null });
  const hangUp = (says: string | null) => ({ way: { kind: 'hang-up' } as const, says });
  switch (exit.does) {
    case 'return':
      return hangUp('goodbye');
    case 'dial':
      return exit.to === '' ? hangUp('no-one-available') : way({ kind: 'dial', to: exit.to });
    case 'queue':
      return exit.queue === '' ? hangUp('no-one-available') : way({ kind: 'queue', queue: exit.queue });
    case 'redirect':
    case 'studio-return': {
      const { url, sealed, send } = exit;
      const variables = send.flatMap((name) => {
        const value = valueOf(name);
        return value === null ? [] : [[name, value] as const];
      });
      return way({
        kind: 'hand-over',
        url,
        studio: exit.does === 'studio-return',
        sealed,
        variables: Object.fromEntries(variables),
      });
    }
    case 'hang-up':
      return hangUp(null);
  }
}
