import { similar } from '../../../core/callflow/similar.ts';
import { DialproofError } from '../../../core/errors.ts';
import { REPORTERS, type ReporterName } from './index.ts';

/** A reporter, and the file that it writes to; without one it is stdout. */
export interface ChosenReporter {
  readonly name: ReporterName;
  readonly file?: string;
  /** What the file holds already stays. */
  readonly append?: true;
}

const NAMES = Object.keys(REPORTERS) as readonly ReporterName[];
/** What is read by a program: nothing else may stand beside it. */
const DOCUMENTS: readonly ReporterName[] = ['junit', 'json', 'markdown'];

/**
 * Reads what `--reporter` was given, each value `name`, `name=file` or several with commas between them; `spec` where
 * there is none. With `github`, its page of the run is written as well: `stepSummary` is its file.
 * @throws DialproofError `usage-wrong`
 */
export function chooseReporters(written: readonly string[], stepSummary = ''): readonly ChosenReporter[] {
  const chosen = (written.length === 0 ? ['spec'] : written).flatMap((value) => value.split(',')).map(chosenBy);
  const files = chosen.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, index) => files.indexOf(file) < index);
  if (twice !== undefined) throw wrong(`Two reporters would write to "${twice}".`, 'Give each a file of its own.');
  const onStdout = chosen.filter(({ file }) => file === undefined);
  const document = onStdout.find(({ name }) => DOCUMENTS.includes(name));
  if (document !== undefined && onStdout.length > 1)
    throw wrong(
      `What ${document.name} writes would be mixed with what ${(onStdout.find((each) => each !== document) ?? document).name} writes.`,
      `Give it a file: --reporter ${document.name}=${FILES[document.name] ?? 'report.txt'}`,
    );
  if (stepSummary === '' || !chosen.some(({ name }) => name === 'github')) return chosen;
  return [...chosen, { name: 'markdown', file: stepSummary, append: true }];
}

const FILES: Readonly<Partial<Record<ReporterName, string>>> = {
  junit: 'report.xml',
  json: 'report.json',
  markdown: 'report.md',
};

function chosenBy(written: string): ChosenReporter {
  const [, name = '', file] = /^\s*([^=]*?)\s*(?:=(.*))?$/s.exec(written) ?? [];
  const known = NAMES.find((each) => each === name);
  if (known === undefined) {
    const near = similar(name, NAMES);
    const asks = near === undefined ? '' : ` Did you mean "${near}"?`;
    throw wrong(
      name === '' ? 'A reporter is missing.' : `There is no reporter "${name}".${asks}`,
      `Reporters are: ${NAMES.join(', ')}; with a file for example: --reporter spec,junit=report.xml${isPath(name) ? '\nWrite files of scenarios before --reporter.' : ''}`,
    );
  }
  if (file === undefined) return { name: known };
  if (file.trim() === '')
    throw wrong(
      `The file for ${known} is missing.`,
      `Write for example --reporter ${known}=${FILES[known] ?? 'report.txt'}`,
    );
  return { name: known, file: file.trim() };
}

/** Everything that follows --reporter is taken for one. */
function isPath(name: string): boolean {
  return /[/\\]|\.ya?ml$/.test(name);
}

function wrong(message: string, fix: string): DialproofError {
  return new DialproofError('usage-wrong', message, { fix });
}
