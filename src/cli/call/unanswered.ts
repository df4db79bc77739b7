import { readProject } from '../../core/callflow/project.ts';
import { suggestion } from '../../core/callflow/similar.ts';
import { callflowSources } from '../library-files.ts';
import type { CallResult } from './call-result.ts';
import type { TranscriptEntry } from './transcript.ts';

/**
 * Why a call was answered by no callflow, with a line break, as far as the files of `folder` can tell; else empty. The
 * server may have others: to be asked only where it has begun none.
 */
export async function unanswered(
  { callflow: name, demo, transcript }: Pick<CallResult, 'callflow' | 'demo' | 'transcript'>,
  { folder, server }: { readonly folder: string; readonly server: string },
): Promise<string> {
  // A call that was asked something has begun, whatever a demo, or none, knows of it.
  if (transcript.some(isOfCaller)) return '';
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

/** What a caller does who is asked; after the apology nobody is. */
function isOfCaller(entry: TranscriptEntry): boolean {
  if (entry.kind === 'ended') return entry.by === 'caller';
  return entry.kind === 'pressed' || entry.kind === 'spoke' || entry.kind === 'silent';
}

function ofTheWeb(name: string, demo: string | null): string {
  return `\n"${name}" is for the web and answers no call${demo === null ? '' : `: open ${demo}/demo/sign-in`}.\n`;
}
