/** What happened in the calls of a scenario, as a person would write it down. */
import { formatDuration } from '../../../core/duration.ts';
import { TRAITS } from '../../../core/method.ts';
import type { Step } from '../../../core/scenario/scenario-schema.ts';
import type { Happened, Played } from '../../../simulator/record.ts';
import type { Mask } from '../../../simulator/trace/mask.ts';
import { labelled, labelledLines, type Labelled, type Look } from '../../call/screen.ts';
import { transcriptWriter } from '../../call/transcript.ts';
import { counted } from '../../counted.ts';
import { oneLine } from './one-line.ts';

/** Of a long call, the beginning and what led to its end are told: a scenario stops where it fails. */
const FIRST = 8;
const LAST = 24;

type Row = { readonly steps: readonly string[] } | Labelled;

/** The transcript, with the steps of the scenario where they were done and no code in it. */
export function transcriptLines(
  played: Pick<Played, 'happened' | 'steps' | 'failure'>,
  { mask, ...look }: Look & { readonly mask: Mask },
): readonly string[] {
  if (played.happened.length === 0) return [];
  const done = rowsOf(played, mask).flatMap((row) => rowLines(row, look));
  const failed = played.failure === undefined ? [] : [look.paint('red', mark('✗', oneLine(played.failure.expected)))];
  return [...shortened(done, look), ...failed];
}

function rowsOf({ happened, steps }: Pick<Played, 'happened' | 'steps'>, mask: Mask): readonly Row[] {
  const rows: Row[] = [];
  const writer = transcriptWriter((entry) => {
    const row = labelled(entry);
    rows.push({ ...row, text: oneLine(mask.text(row.text)) });
  });
  let secret = false;
  for (const each of happened) {
    if (each.kind === 'line') {
      const { event } = each;
      writer.observe(secret && event.kind === 'pressed' ? { ...event, key: event.key.replace(/\d/, '•') } : event);
      continue;
    }
    const note = noteOf(each);
    if (note === null && each.kind !== 'step') continue;
    writer.flush();
    if (note !== null) rows.push({ ...note, style: 'yellow', text: oneLine(mask.text(note.text)) });
    if (each.kind !== 'step') continue;
    const text = steps[each.index]?.text ?? '';
    if (typeof each.step === 'object' && 'press' in each.step) secret = pressesCode(each.step);
    const last = rows.at(-1);
    if (last !== undefined && 'steps' in last) rows[rows.length - 1] = { steps: [...last.steps, text] };
    else rows.push({ steps: [text] });
  }
  writer.flush();
  return rows;
}

/** Its keys may come in pieces, at one question and the next, where no mask would know them. */
function pressesCode({ press }: Extract<Step, { readonly press: string }>): boolean {
  return press === 'code' || press === 'old-code' || press === 'wrong-code';
}

/** What happens beside the line. */
function noteOf(each: Happened): Pick<Labelled, 'label' | 'text'> | null {
  switch (each.kind) {
    case 'got':
      return { label: each.method === 'authenticator' ? 'App:' : 'Inbox:', text: gotText(each) };
    case 'later':
      return { label: 'Later:', text: `${formatDuration(each.ms)} pass` };
    case 'repeated':
      return { label: 'Again:', text: 'the platform sends its last request again' };
    case 'locked-elsewhere':
      return { label: 'Else:', text: 'wrong codes in other calls lock the account' };
    case 'redialled':
      return { label: 'Call:', text: `the caller calls again (call ${each.call})` };
    case 'fallback':
      return { label: 'Error:', text: `the platform asks the fallback address, for error ${each.code}` };
    case 'fault':
      return { label: 'Fault:', text: each.reason };
    case 'line':
    case 'reply':
    case 'took':
    case 'step':
    case 'sum':
      return null;
  }
}

function gotText({ method, code }: Extract<Happened, { readonly kind: 'got' }>): string {
  const { code: comes, inWords } = TRAITS[method];
  return comes === 'shown' ? `shows the code ${code}` : `${inWords} with the code ${code}`;
}

function rowLines(row: Row, look: Look): readonly string[] {
  return 'steps' in row ? [look.paint('dim', mark('✓', row.steps.map(oneLine).join(', ')))] : labelledLines(row, look);
}

function mark(sign: string, steps: string): string {
  return `     ${sign} ${steps}`;
}

function shortened(lines: readonly string[], { paint }: Look): readonly string[] {
  const left = lines.length - FIRST - LAST;
  if (left < 2) return lines;
  return [...lines.slice(0, FIRST), paint('dim', `... ${counted(left, 'more line')} ...`), ...lines.slice(-LAST)];
}
