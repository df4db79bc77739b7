import { isExternal } from '../../blocks/code-service.ts';
import { inMinutes } from '../../verification/code.ts';
import type { CallflowFile, Project } from '../project.ts';
import { wordedFor, type Worded } from './worded.ts';

/** The methods whose codes go out in a message. */
export const CARRIERS = ['email', 'sms'] as const;

/** The messages that a callflow sends, in every language that it speaks; codes of another system are not in ours. */
export function sentMessages(file: CallflowFile, project: Project): readonly Worded[] {
  const { blocks, settings } = file.callflow;
  if (isExternal(file.callflow)) return [];
  if (![...blocks.values()].some(({ verb }) => verb === 'send-code')) return [];
  return [...file.wordings.keys()].flatMap((locale) => {
    const worded = wordedFor(file, project, { locale, kind: 'message' });
    return settings.methods.flatMap((method) => worded.get(method) ?? []);
  });
}

/** A message as it is sent under the settings of a callflow, with this code in it. */
export function asSent({ wording }: Worded, { callflow }: CallflowFile, code: string): string {
  const { digits, lasts } = callflow.settings.code;
  return wording.write({ code, digits, minutes: inMinutes(lasts) });
}
