import { readText } from '../../core/call/html-wording.ts';
import type { Project } from '../../core/callflow/project.ts';
import { namesIn } from './compare-wording.ts';
import { counterpart, textFiles, type FileText } from './languages.ts';
import type { Translation, Unit } from './unit.ts';

/** Every text of one language beside that of another, as far as there is one. */
export function unitsOf(project: Pick<Project, 'prompts'>, from: string, to: string): Translation {
  const targets = textFiles(project, to);
  const units = [...textFiles(project, from)].flatMap(([callflow, { texts }]) => {
    const translated = targets.get(callflow)?.texts ?? [];
    return texts.map((text): Unit => ({
      callflow,
      kind: text.kind,
      prompt: text.name,
      variant: text.variant,
      source: text.written,
      target: counterpart(translated, text)?.written ?? '',
      audio: text.audio ?? '',
      note: noteFor(text, from),
    }));
  });
  return { from, to, units };
}

/** What a translator has to know of one text. */
function noteFor(text: FileText, locale: string): string {
  if (text.name === 'key-names') return `What the ${text.variant} key is called.`;
  const kept = namesIn(readText({ ...text, key: text.name }, locale));
  return [
    kept.length === 0 ? '' : `Keep ${kept.join(', ')}.`,
    text.kind === 'message' && text.name === 'sms' ? SMS : '',
    text.audio === null ? '' : 'Recorded: another language needs its own recording.',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

const SMS =
  'A text message: at most 160 characters with everything filled in, or 70 where one of them is outside the basic alphabet of SMS.';
