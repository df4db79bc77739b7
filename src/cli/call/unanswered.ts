import { readProject } from '../../core/callflow/project.ts';
import { suggestion } from '../../core/callflow/similar.ts';
import { callflowSources } from '../library-files.ts';
import type { CallResult } from './call-result.ts';

/**
 * Why a call was answered by no callflow, with a line break, as far as the files of `folder` can tell; else empty. The
 * server may have others: to be asked only where it has begun none.
 */
export async function unanswered(
  { callflow: name, demo, requests }: Pick<CallResult, 'callflow' | 'demo' | 'requests'>,
  { folder, server }: { readonly folder: string; readonly server: string },
): Promise<string> {
  // Without a demo nothing is known of any call: one that was asked something has begun.
  if (!demo && requests > MOST_WITHOUT_CALLFLOW) return '';
  const sources = await callflowSources(folder).catch(() => []);
  const { project } = readProject({ callflows: sources, prompts: [] }, { environment: {}, defaultLocale: '' });
  const found = project.callflows.get(name)?.callflow;
  if (found !== undefined) return found.signIn === null ? '' : ofTheWeb(name, demo ? server : null);
  const names = [...project.callflows.values()].flatMap(({ callflow: each }) =>
    each.signIn === null ? [each.name] : [],
  );
  if (names.length === 0 || project.mayBeUnread(name)) return '';
  const list = names.toSorted().join(', ');
  return `\nThe server has no callflow "${name}".${suggestion(name, names)} There are: ${list}.\n`;
}

/** The apology, and what comes after whoever it was put through to. */
const MOST_WITHOUT_CALLFLOW = 2;

function ofTheWeb(name: string, demo: string | null): string {
  return `\n"${name}" is for the web and answers no call${demo === null ? '' : `: open ${demo}/demo/sign-in`}.\n`;
}
