import { ASSUMED, demandOf, SIZES, supplyOf, type Figures } from './scaling-model.ts';

const MISSING = 'not measured';

/** The page with its tables computed anew: everything between `<!-- name -->` and `<!-- /name -->`. */
export function scalingPage(text: string, figures: Figures): string {
  const parts = {
    figures: figureTable(figures),
    assumed: assumedTable(),
    demand: demandTable(),
    supply: supplyTable(figures),
  };
  return Object.entries(parts).reduce((page, [name, table]) => {
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [before, rest] = split(page, open);
    const [, after] = split(rest, close);
    return `${before}${open}\n\n${table}\n\n${close}${after}`;
  }, text);
}

function split(text: string, at: string): readonly [string, string] {
  const index = text.indexOf(at);
  if (index < 0) throw new Error(`docs/scaling.md has no ${at}`);
  return [text.slice(0, index), text.slice(index + at.length)];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** Thousands apart; small numbers with a digit after the point. */
function count(value: number): string {
  const rounded = value >= 10 ? Math.ceil(value) : Math.ceil(value * 10) / 10;
  return rounded.toLocaleString('en-US');
}

const orMissing = (value: number | null, say: (known: number) => string): string =>
  value === null ? MISSING : say(value);

function bytes(value: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(value) / 3)));
  return `${count(value / 1000 ** power)} ${units[power]}`;
}

function figureTable({ date, machine, sqlite, postgres, bytesPerCall, memoryPerCall, startUpMs }: Figures): string {
  const figure = (value: number, say: (known: number) => string = count): string =>
    orMissing(value > 0 ? value : null, say);
  const ms = (value: number): string => `${count(value)} ms`;
  return table(
    ['measured', date === '' ? MISSING : `${date}, ${machine}`],
    [
      ['durable turns a second, one process on SQLite', figure(sqlite.turnsPerSecond)],
      ['99 of 100 replies within, at 200 turns a second', figure(sqlite.p99At200, ms)],
      ['99 of 100 replies within, at 1,000 turns a second', figure(sqlite.p99At1000, ms)],
      ['durable turns a second, one instance on PostgreSQL', figure(postgres.one)],
      ['durable turns a second, two instances on PostgreSQL', figure(postgres.two)],
      ['in the store, for a call', figure(bytesPerCall, bytes)],
      ['in the memory of an instance, for a call that goes on', figure(memoryPerCall, bytes)],
      ['from the start of a process to its first reply', figure(startUpMs, ms)],
    ],
  );
}

function assumedTable(): string {
  const rows = Object.values(ASSUMED).map(({ value, of, why }) => [value.toLocaleString('en-US'), of, why]);
  return table(['assumed', '', 'because'], rows);
}

function demandTable(): string {
  const rows = SIZES.map((calls) => {
    const { turnsPerSecond, startsPerSecond, codesPerSecond, callsPerDay } = demandOf(calls);
    return [
      count(calls),
      count(turnsPerSecond),
      count(startsPerSecond),
      count(codesPerSecond * 3_600),
      count(callsPerDay),
    ];
  });
  return table(['calls at once', 'turns/s', 'calls that begin, /s', 'codes an hour', 'calls a day'], rows);
}

function supplyTable(figures: Figures): string {
  const rows = SIZES.map((calls) => {
    const { sqlite, instances, connections, databases, memory, disk } = supplyOf(calls, figures);
    return [
      count(calls),
      sqlite === null ? MISSING : sqlite ? 'enough' : 'not enough',
      orMissing(instances, count),
      orMissing(connections, count),
      count(databases),
      orMissing(memory, bytes),
      orMissing(disk, bytes),
    ];
  });
  return table(
    [
      'calls at once',
      'one process on SQLite',
      'or instances',
      'connections',
      'databases',
      'memory for calls',
      'in the stores, at most',
    ],
    rows,
  );
}
