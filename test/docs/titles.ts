import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor, type CallExpression, type Expression } from 'oxc-parser';

/** What a test, a row of a table of tests, or a group of tests is called. */
export interface Title {
  /** From the root of the repository. */
  readonly file: string;
  /** The titles of the groups that it stands in, outermost first. */
  readonly within: readonly string[];
  /** As vitest shows it, with `…` for what only the run knows. */
  readonly text: string;
  /** The ids of rules that it names; of a row those that the title of its table does not name. */
  readonly rules: readonly string[];
}

/** G, E and L are the reference documents, D is what we decided where they are silent. */
const RULE = /\b[GELD]\d+\b/g;

/** The titles of all tests under a folder that run. */
export function titlesUnder(folder: string): readonly Title[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.posix.join(folder, file.replaceAll(path.sep, '/')))
    .sort()
    .flatMap((file) => titlesIn(file, readFileSync(file, 'utf8')));
}

/** The titles in one file. A test that is skipped or still to be written proves nothing, nor does a group of such. */
export function titlesIn(file: string, source: string): readonly Title[] {
  const { program } = parseSync(file, source);
  const found: Found[] = [];
  const groups: Group[] = [];
  const constants = constantsOf(program);
  new Visitor({
    CallExpression(call) {
      const declared = declaration(call, constants);
      if (declared === null) return;
      const skipped = declared.skipped || groups.some((group) => group.skipped);
      const runs = !declared.group && !skipped;
      const within = groups.map(({ titles }) => titles[0]?.text ?? '');
      const [shared] = declared.texts;
      const titles = declared.texts.map((text) => ({
        file,
        within,
        text,
        rules: rulesIn(text).filter((rule) => text === shared || !rulesIn(shared).includes(rule)),
        runs,
      }));
      found.push(...titles);
      if (runs) for (const title of groups.flatMap((group) => group.titles)) title.runs = true;
      if (declared.group) groups.push({ call, titles, skipped });
    },
    'CallExpression:exit'(call) {
      if (groups.at(-1)?.call === call) groups.pop();
    },
  }).visit(program);
  return found.flatMap(({ runs, ...title }) => (runs ? [title] : []));
}

/** Whether a group runs is known when one of its tests does. */
type Found = Title & { runs: boolean };

interface Group {
  readonly call: CallExpression;
  readonly titles: readonly Found[];
  readonly skipped: boolean;
}

function rulesIn(text: string): readonly string[] {
  return [...new Set(text.match(RULE))];
}

type Program = ReturnType<typeof parseSync>['program'];
type Constants = ReadonlyMap<string, Expression>;

function constantsOf(program: Program): Constants {
  const constants = new Map<string, Expression>();
  new Visitor({
    VariableDeclarator({ id, init }) {
      if (id.type === 'Identifier' && init !== null) constants.set(id.name, init);
    },
  }).visit(program);
  return constants;
}

interface Declaration {
  readonly group: boolean;
  readonly skipped: boolean;
  /** The title, and after it what each row of its table makes of it. */
  readonly texts: readonly [string, ...string[]];
}

/** `it('...', ...)`, `describe.each(table)('...', ...)` and their kind; null for any other call. */
function declaration({ callee, arguments: [title] }: CallExpression, constants: Constants): Declaration | null {
  const [name = '', ...chain] = namesOf(callee.type === 'CallExpression' ? callee.callee : callee);
  if (!['describe', 'it', 'test'].includes(name) || (title?.type !== 'Literal' && title?.type !== 'TemplateLiteral'))
    return null;
  const [table] = callee.type === 'CallExpression' ? callee.arguments : [];
  const rows = table === undefined || table.type === 'SpreadElement' ? [] : rowsOf(table, constants);
  const text = textOf(title);
  return {
    group: name === 'describe',
    skipped: chain.some((each) => each === 'skip' || each === 'todo'),
    texts: [filled(text, []), ...rows.map((row) => filled(text, row))],
  };
}

/** `it.concurrent.each` as its three names; none for anything else. */
function namesOf(callee: Expression): readonly string[] {
  if (callee.type === 'Identifier') return [callee.name];
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return [];
  return [...namesOf(callee.object), callee.property.name];
}

/** The cells of each row, as far as they are written out. */
function rowsOf(table: Expression, constants: Constants): readonly (readonly string[])[] {
  if (table.type === 'TSAsExpression' || table.type === 'TSSatisfiesExpression')
    return rowsOf(table.expression, constants);
  if (table.type === 'Identifier') {
    const written = constants.get(table.name);
    return written === undefined ? [] : rowsOf(written, constants);
  }
  if (table.type !== 'ArrayExpression') return [];
  return table.elements.map((row) =>
    (row?.type === 'ArrayExpression' ? row.elements : [row]).map((cell) =>
      cell === null || cell.type === 'SpreadElement' ? UNKNOWN : textOf(cell),
    ),
  );
}

const UNKNOWN = '…';

function textOf(expression: Expression): string {
  if (expression.type === 'Literal') return String(expression.value);
  if (expression.type !== 'TemplateLiteral') return UNKNOWN;
  return expression.quasis.map(({ value }) => value.cooked).join(UNKNOWN);
}

/** A title with the cells of a row in their places. */
function filled(title: string, cells: readonly string[]): string {
  const left = [...cells];
  return title.replaceAll(/%[sdifjoO]/g, () => left.shift() ?? UNKNOWN);
}
