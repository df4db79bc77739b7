import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { traceCommand } from '../../src/cli/trace.ts';
import { keep, MOST_IN_FULL, MOST_LISTED } from '../../src/cli/trace/keep.ts';
import { tracePage } from '../../src/cli/trace/page.ts';
import { writeTraces } from '../../src/simulator/trace/trace-file.ts';
import type { Trace } from '../../src/simulator/trace/trace-schema.ts';
import { readXml, type XmlNode } from '../../src/telephone/xml-tree.ts';
import { traced } from '../simulator/trace/traced.ts';

let folder = '';
let run = '';
let passed: Trace;
let failed: Trace;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dialproof-trace-'));
  run = path.join(folder, 'run.jsonl');
  ({ trace: passed } = await traced('[ { press: sms }, { press: code } ]'));
  ({ trace: failed } = await traced('[ { press: sms }, { press: wrong-code }, { hears: verified } ]'));
  writeTraces(run, [passed, { ...failed, name: 'A wrong code' }]);
});
afterAll(() => rm(folder, { recursive: true }));

async function trace(...words: readonly string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const opened: string[] = [];
  let code: number | null = null;
  await traceCommand({
    stdout,
    stderr,
    finish: (exitCode) => void (code = exitCode),
    opener: async (page) => void opened.push(page),
  }).parseAsync(words, { from: 'user' });
  stdout.end();
  stderr.end();
  return { stdout: await text(stdout), stderr: await text(stderr), code, opened };
}

async function* each(traces: Iterable<Trace>): AsyncGenerator<Trace> {
  yield* traces;
}

/** The page as a tree: it is XML but for its first line, so that a reader that is strict can read it. */
async function treeOf(traces: Iterable<Trace>): Promise<XmlNode> {
  const page = tracePage(await keep(each(traces)));
  return readXml(page.replace('<!doctype html>\n', ''));
}

const elements = (node: XmlNode): readonly XmlNode[] => [
  node,
  ...node.children.flatMap((child) => (typeof child === 'string' ? [] : elements(child))),
];
const wordsIn = (node: XmlNode): string =>
  node.children.map((child) => (typeof child === 'string' ? child : wordsIn(child))).join('');
const names = (tree: XmlNode): readonly string[] =>
  elements(tree).map(({ name, attributes }) => [name, ...Object.keys(attributes)].join(' '));

describe('dialproof trace', () => {
  it('writes one page beside the file and prints where it is', async () => {
    const { stdout, stderr, code, opened } = await trace(run);
    const page = path.join(folder, 'run.html');
    expect([stdout, stderr, code, opened]).toEqual([`${page}\n`, '', 0, []]);
    const written = await readFile(page, 'utf8');
    expect(written).toContain('<h1>1 of 2 scenarios failed</h1>');
    expect(written).toContain('hears: verified');
  });

  it('--out names the page, and --open shows it', async () => {
    const page = path.join(folder, 'page.html');
    const { opened, code } = await trace(run, '--out', page, '--open');
    expect([opened, code]).toEqual([[page], 0]);
    expect(await readFile(page, 'utf8')).toMatch(/^<!doctype html>\n<html lang="en">/);
  });

  it('--grep shows the scenarios with these words', async () => {
    const page = path.join(folder, 'some.html');
    await trace(run, '--out', page, '--grep', 'WRONG code');
    expect(await readFile(page, 'utf8')).toContain('<h1>1 of 1 scenario failed</h1>');
  });

  it.each([
    ['a file that is not there', ['none.jsonl'], /"none\.jsonl" cannot be read/],
    ['a page that cannot be written', ['RUN', '--out', '/nowhere/page.html'], /"\/nowhere\/page\.html" cannot be/],
    ['a page in place of its traces', ['RUN', '--out', 'RUN'], /would be written over its traces/],
    ['a pattern that is none', ['RUN', '--grep', '/(/'], /is no regular expression/],
  ])('refuses %s', async (_what, words, message) => {
    const { stderr, code } = await trace(...words.map((word) => (word === 'RUN' ? run : word)));
    expect([stderr, code]).toEqual([expect.stringMatching(message), 2]);
  });

  it('refuses a file of something else by its line', async () => {
    const file = path.join(folder, 'other.json');
    await writeFile(file, '{}');
    expect((await trace(file)).stderr).toMatch(/other\.json:1 is no trace/);
  });
});

describe('the page of a trace', () => {
  it('has a timeline, a transcript, the path and the replies of each call', async () => {
    const tree = await treeOf([passed]);
    const words = wordsIn(tree);
    for (const part of ['Transcript', 'Path through the callflow', 'choose-method', 'Codes sent', '<Gather'])
      expect(words).toContain(part);
    const timeline = elements(tree).find(({ attributes }) => attributes['role'] === 'img');
    expect(timeline?.attributes['aria-label']).toMatch(/^Timeline of the call of A call: 0:\d\d\.\d, 3 turns\./);
  });

  it('opens what failed, and marks the step with what was expected and what was heard instead', async () => {
    const tree = await treeOf([passed, failed]);
    const scenarios = elements(tree).filter(({ attributes }) => attributes['class'] === 'scenario');
    expect(scenarios.map(({ attributes }) => [attributes['data-outcome'], attributes['open']])).toEqual([
      ['failed', 'open'],
      ['passed', undefined],
    ]);
    const failure = elements(tree).find(({ attributes }) => attributes['class'] === 'failure');
    expect(wordsIn(failure as XmlNode)).toMatch(
      /^Expectedhears: verified calls\.yaml:5:\d+InsteadHeard in its place: /,
    );
  });

  it('asks nothing of the network, and runs and wears nothing but its own', async () => {
    const page = tracePage(await keep(each([failed])));
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
    const inside = (name: string): string => new RegExp(`<${name}>([^]*)</${name}>`).exec(page)?.[1] ?? '';
    const hash = (source: string): string => createHash('sha256').update(source).digest('base64');
    expect(policy).toContain('default-src &#39;none&#39;');
    expect(policy).toContain(`script-src &#39;sha256-${hash(inside('script'))}&#39;`);
    expect(policy).toContain(`style-src &#39;sha256-${hash(inside('style'))}&#39;`);
    const tree = readXml(page.replace('<!doctype html>\n', ''));
    const leads = elements(tree).flatMap(({ attributes }) => [attributes['src'], attributes['href']]);
    expect(leads.filter((to) => to !== undefined && !/^(?:#s\d+|data:,)$/.test(to))).toEqual([]);
    expect(elements(tree).filter(({ attributes }) => 'style' in attributes)).toEqual([]);
    expect(inside('style')).not.toMatch(/url\(|@import/);
  });

  it('shows every text as it is and takes none for markup', async () => {
    const plain = names(await treeOf([filledWith('words', failed)]));
    await fc.assert(
      fc.asyncProperty(nasty, async (words) => {
        const tree = await treeOf([filledWith(words, failed)]);
        expect(names(tree)).toEqual(plain);
        expect(wordsIn(tree)).toContain(words);
      }),
      { numRuns: 60 },
    );
  });

  it('holds no character that would end the page or turn its writing around', async () => {
    const page = tracePage(await keep(each([filledWith('a\u0000b\u001Bc\u202Ed\uD800e', failed)])));
    expect(page).toContain('a\uFFFDb\uFFFDc\uFFFDd\uFFFDe');
  });
});

describe('the page of a long run', () => {
  const many = (count: number, one: Trace): readonly Trace[] => Array.from({ length: count }, () => one);

  it('shows all in full while there are few', async () => {
    const { inFull, notice } = await keep(each(many(MOST_IN_FULL, passed)));
    expect([inFull.length, notice]).toEqual([MOST_IN_FULL, '']);
  });

  it('shows in full only what failed where there are more, and says so', async () => {
    const { inFull, listed, notice, counts } = await keep(each([...many(500, passed), failed]));
    expect(inFull).toEqual([failed]);
    expect([listed.length, counts.passed, counts.failed]).toEqual([501, 500, 1]);
    expect(notice).toBe(
      `Only those that failed are shown in full: a run of up to ${MOST_IN_FULL} scenarios is shown whole. Choose others with --grep.`,
    );
  });

  it('has its limits, and says what is not there', async () => {
    const { inFull, listed, notice } = await keep(each([...many(MOST_LISTED, passed), ...many(300, failed)]));
    expect([inFull.length, listed.length]).toEqual([MOST_IN_FULL, MOST_LISTED + MOST_IN_FULL]);
    expect(notice).toContain(`Only the first ${MOST_IN_FULL} that failed are shown in full`);
    expect(notice).toContain('100 scenarios more are not even listed.');
  });
});

/** Words that a page could stumble over; what none may hold is tested by itself. */
const nasty = fc
  .array(
    fc.constantFrom('<b>', '</p>', '</script>', '<!--', ']]>', '&amp;', '"', "'", '>', '&', '${x}', 'ñ', '😀', 'a '),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => `x${parts.join('')}x`);

/** The same trace with these words wherever there are any. */
function filledWith<Part>(words: string, part: Part, name = ''): Part {
  const filled = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return FIXED.has(key) ? value : words;
    if (Array.isArray(value)) return value.map((each) => filled(each, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([inner, each]) => [inner, filled(each, inner)]));
  };
  return filled(part, name) as Part;
}

const FIXED = new Set(['kind', 'outcome', 'method', 'by', 'key']);
