import Papa from 'papaparse';
import { translationInvalid } from './translation-invalid.ts';
import type { Returned, ReturnedUnit, Translation, UnitName } from './unit.ts';

const COLUMNS = ['callflow', 'prompt', 'variant', 'kind'] as const;

/**
 * A table for spreadsheets: comma-separated, every cell in quotes, UTF-8 with the mark that spreadsheets know it by.
 * Cells that would be taken for a formula get an apostrophe in front, which `readCsv` takes off again.
 */
export function writeCsv({ from, to, units }: Translation): string {
  const header = [...COLUMNS, `source: ${from}`, `target: ${to}`, 'audio', 'note'];
  const rows = units.map((unit) =>
    [unit.callflow, unit.prompt, unit.variant ?? '', unit.kind, unit.source, unit.target, unit.audio, unit.note].map(
      harmless,
    ),
  );
  return `\ufeff${Papa.unparse([header, ...rows], { quotes: true, newline: '\r\n' })}\r\n`;
}

/** Reads the table, however a spreadsheet has saved it. @throws DialproofError `translation-invalid` */
export function readCsv(text: string): Returned {
  // Spreadsheets save with the separator of their country; empty: whatever looks most like one.
  const delimiter = /callflow"?([,;\t|])/.exec(text)?.[1] ?? '';
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\ufeff/, ''), { delimiter });
  const [error] = errors.filter(({ type }) => type === 'Quotes');
  if (error !== undefined) throw translationInvalid([`row ${(error.row ?? 0) + 1}: ${error.message}`]);
  const [header = [], ...rows] = data;
  const at = columnsOf(header);
  const units = rows.flatMap((cells, index): ReturnedUnit[] => {
    const cell = (column: number): string => asWritten(cells[column] ?? '');
    if (cells.every((each) => each.trim() === '')) return [];
    const variant = cell(at.variant);
    return [
      {
        callflow: cell(at.callflow),
        // One that is none makes the name of a text that the project does not have.
        kind: cell(at.kind) as UnitName['kind'],
        prompt: cell(at.prompt),
        variant: variant === '' ? null : variant,
        source: cell(at.source),
        target: cell(at.target),
        at: `row ${index + 2}`,
      },
    ];
  });
  return { from: at.from, to: at.to, units };
}

function columnsOf(header: readonly string[]) {
  const titles = header.map((title) => title.trim());
  const find = (wanted: string): number =>
    titles.findIndex((title) => title === wanted || title.startsWith(`${wanted}: `));
  const [source, target] = [find('source'), find('target')];
  const missing = [...COLUMNS, 'source', 'target'].filter((column) => find(column) < 0);
  if (missing.length > 0)
    throw translationInvalid([
      `row 1: there is no column titled ${missing.join(', ')}; the first row holds the titles as they were exported`,
    ]);
  const language = (column: number): string => /: (.+)$/.exec(titles[column] ?? '')?.[1]?.trim() ?? '';
  const [callflow, prompt, variant, kind] = COLUMNS.map(find) as [number, number, number, number];
  return { callflow, prompt, variant, kind, source, target, from: language(source), to: language(target) };
}

/** What spreadsheets take for a formula, also in the wide characters of East Asian keyboards, and behind apostrophes of ours. */
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

function harmless(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

function asWritten(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}
