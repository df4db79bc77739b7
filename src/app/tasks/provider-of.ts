import type { MadeBy } from '../../core/call/tasks.ts';
import type { CodeProvider } from '../../core/code-provider.ts';
import type { TaskContext } from './handler.ts';

/** Who makes and judges codes: another system, or ourselves (G57). */
export function providerOf(madeBy: MadeBy, { parts, library }: Pick<TaskContext, 'parts' | 'library'>): CodeProvider {
  const { internal, external } = parts.providers(library);
  return madeBy === 'external' ? external : internal;
}
