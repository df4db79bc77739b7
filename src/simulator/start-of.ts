import type { LoadedLibrary } from '../core/callflow/library.ts';
import type { Given } from '../core/scenario/scenario-schema.ts';

/** The account of every simulated customer, unless the scenario says another one. */
export const ACCOUNT = '1001';

/** How a call starts. */
export interface StartOfCall {
  /** Of whoever calls. */
  readonly account: string;
  /** What is handed in: the account too, where the callflow takes it so. */
  readonly inputs: Readonly<Record<string, string>>;
}

export function startOf(library: LoadedLibrary, callflow: string, given: Given): StartOfCall {
  const { account: variable = null, inputs: taken = [] } = library.flow(callflow)?.callflow ?? {};
  const handsIn = variable !== null && taken.includes(variable);
  const inputs = { ...(handsIn ? { [variable]: ACCOUNT } : {}), ...given.inputs };
  return { account: (variable === null ? undefined : inputs[variable]) ?? ACCOUNT, inputs };
}
