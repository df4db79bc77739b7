import type { MadeBy } from '../../core/call/tasks.ts';
import type { CodeProvider } from '../../core/contracts/code-provider.ts';
import type { TaskContext } from './handler.ts';

/** Who makes and judges codes: another system (G57), the authenticator application of the account (D8), or ourselves. */
export function providerOf(
  code: { readonly madeBy: MadeBy; readonly method: string },
  { parts, library }: Pick<TaskContext, 'parts' | 'library'>,
): CodeProvider {
  const { internal, external, authenticator } = parts.providers(library);
  if (code.madeBy === 'external') return external;
  return code.method === 'authenticator' ? authenticator : internal;
}
