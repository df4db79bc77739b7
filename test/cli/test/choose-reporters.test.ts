import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseReporters } from '../../../src/cli/test/reporters/choose-reporters.ts';
import { openReporters } from '../../../src/cli/test/reporters/open-reporters.ts';
import { DialproofError } from '../../../src/core/errors.ts';
import { play, summaryOf } from './play.ts';

describe('--reporter', () => {
  it.each([
    [[], [{ name: 'spec' }]],
    [['dot,junit=report.xml'], [{ name: 'dot' }, { name: 'junit', file: 'report.xml' }]],
    [
      ['spec', 'json=out/a=b.json'],
      [{ name: 'spec' }, { name: 'json', file: 'out/a=b.json' }],
    ],
    [['spec, github'], [{ name: 'spec' }, { name: 'github' }]],
    [['junit'], [{ name: 'junit' }]],
  ])('%j', (written, chosen) => {
    expect(chooseReporters(written)).toEqual(chosen);
  });

  it('adds the page of the run to github, where there is one', () => {
    expect(chooseReporters(['github'], '/tmp/summary')).toEqual([
      { name: 'github' },
      { name: 'markdown', file: '/tmp/summary', append: true },
    ]);
    expect(chooseReporters(['spec'], '/tmp/summary')).toEqual([{ name: 'spec' }]);
  });

  it.each([
    ['junti=a.xml', 'There is no reporter "junti". Did you mean "junit"?', 'spec, dot, junit, json, github, markdown'],
    ['tap', 'There is no reporter "tap".', '--reporter spec,junit=report.xml'],
    [
      'test/calls/main.yaml',
      'There is no reporter "test/calls/main.yaml".',
      'Write files of scenarios before --reporter.',
    ],
    ['spec,', 'A reporter is missing.', 'Reporters are:'],
    ['junit=', 'The file for junit is missing.', '--reporter junit=report.xml'],
    ['dot=', 'The file for dot is missing.', '--reporter dot=report.txt'],
    ['spec,json', 'What json writes would be mixed with what spec writes.', '--reporter json=report.json'],
    ['junit=a,json=a', 'Two reporters would write to "a".', 'a file of its own'],
  ])('%s is refused, and told how', (written, message, fix) => {
    const refuse = (): unknown => chooseReporters([written]);
    expect(refuse).toThrow(DialproofError);
    expect(refuse).toThrow(expect.objectContaining({ message, fix: expect.stringContaining(fix) as string }));
  });
});

describe('several reporters', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'reporters-'))));
  afterAll(() => rm(folder, { recursive: true }));

  it('write each to a place of its own; a page of a run is added to what is there', async () => {
    const all = await play('{ callflow: main, scenarios: [ { name: Begins, call: [ { hears: account-number } ] } ] }');
    const [xml, page] = [path.join(folder, 'new', 'report.xml'), path.join(folder, 'page.md')];
    await writeFile(page, 'before\n');
    const stdout = new PassThrough();
    const chosen = chooseReporters([`github,junit=${xml}`], page);
    const reporters = await openReporters(chosen, stdout, new Map());
    reporters.begin({ scenarios: 1, files: 1, through: 'simulator' });
    for (const played of all) reporters.played(played);
    reporters.end(summaryOf(all));
    await reporters.close();
    stdout.end();
    expect(await text(stdout)).toMatch(/^::group::/);
    expect(await readFile(xml, 'utf8')).toMatch(/<\/testsuites>\n$/);
    expect(await readFile(page, 'utf8')).toMatch(/^before\n## Simulated calls: 1 passed\n/);
  });

  it('tell of a file that cannot be written before anything is played', async () => {
    const opened = openReporters([{ name: 'junit', file: folder }], new PassThrough(), new Map());
    await expect(opened).rejects.toThrow(`"${folder}" cannot be written: EISDIR`);
  });
});
