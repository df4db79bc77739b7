import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

const PAGE = 'docs/performance.md';
const [BEGIN, END] = ['<!-- measured -->', '<!-- measured so far -->'];

/** Puts what was measured into docs/performance.md, between its marks. */
export function writePage(measured: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const [before = '', rest = ''] = page.split(BEGIN, 2);
  const [, after = ''] = rest.split(END, 2);
  writeFileSync(PAGE, `${before}${BEGIN}\n\n${measured.trim()}\n\n${END}${after}`);
}

/** What docs/scaling.md is computed from, by `npm run docs:scaling`. */
export function writeFigures(figures: object): void {
  writeFileSync('docs/performance.json', `${JSON.stringify(figures, null, 2)}\n`);
}

export function machineName(): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${processors.length} × ${processors[0]?.model ?? 'unknown'}, ${memory} GiB, ${process.platform}, Node ${process.version}`;
}

/** Where and when it was measured. */
export function machine(command: string): string {
  const date = new Date().toISOString().slice(0, 10);
  return `\`${command}\` on ${date}: ${machineName()}. The driver and the servers share the processors.\n\n`;
}

/** What another of the benchmarks prints. */
export function printedBy(file: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${file} ended with ${status}: ${stderr}`);
  return stdout;
}
