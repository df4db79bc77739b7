import { error, notice } from '@actions/core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { github } from '../../../src/cli/test/reporters/github.ts';
import { markdown } from '../../../src/cli/test/reporters/markdown.ts';
import { workflowCommand } from '../../../src/cli/workflow-command.ts';
import type { Played } from '../../../src/simulator/record.ts';
import { play, skipped, told } from './play.ts';

const FILE = 'test/calls/main.yaml';
const SCENARIOS = `callflow: main
scenarios:
  - name: 'Right: 100%, ::error::x'
    call: [ { hears: account-number } ]
  - name: "Never said: <SCRIPT> | 100%"
    call: [ { hears: account-number }, { hears: wrong-code } ]
`;
const TEXTS = new Map([[FILE, SCENARIOS]]);

let all: readonly Played[];
beforeAll(async () => {
  const played = await play(SCENARIOS);
  all = [...played, ...played.slice(0, 1).map((each) => skipped({ ...each, name: 'Later' }, 'the clock is moved'))];
});

/** What GitHub's own library writes to stdout. */
function byGitHub(act: () => void): string {
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  try {
    act();
  } finally {
    spy.mockRestore();
  }
  return written.join('').replaceAll('\r\n', '\n');
}

describe('an annotation', () => {
  it('is what GitHub writes for the same failure', async () => {
    const said = (await told(github, { all, texts: TEXTS })).split('\n');
    const failure = all[1]?.failure;
    if (failure === undefined) throw new Error('nothing failed');
    const { expected, instead, fix, at } = failure;
    const place = {
      title: 'Never said: <SCRIPT> | 100%',
      file: FILE,
      startLine: 6,
      endLine: 6,
      startColumn: at.column,
    };
    const written = byGitHub(() => {
      error([`expected ${expected}`, instead, fix].join('\n'), place);
      notice('1 scenario skipped: the log says why.');
    });
    expect(written.split('\n').slice(0, 2)).toEqual(said.filter((line) => /^::(?:error|notice)/.test(line)));
  });

  it('is what GitHub writes, whatever stands in it', () => {
    const any = fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(
      fc.property(any, any, fc.string({ unit: 'binary' }), (title, file, message) => {
        const written = byGitHub(() => error(message, { title, file, startLine: 3, startColumn: 7 }));
        expect(`${workflowCommand('error', message, { title, file, line: 3, col: 7 })}\n`).toBe(
          written.replaceAll('\r\n', '\n'),
        );
      }),
    );
  });
});

describe('the log', () => {
  it('has a group for each file, in which nothing is taken for a command', async () => {
    const said = await told(github, { all, texts: TEXTS });
    const token = /^::stop-commands::(\S+)$/m.exec(said)?.[1] ?? '';
    const [before = '', after = ''] = said.split(`\n::${token}::\n`);
    const lines = before.split('\n');
    expect(lines.slice(0, 3)).toEqual([
      `::group::${FILE}`,
      `::stop-commands::${token}`,
      expect.stringMatching(/^✓ Right: 100%, ::error::x {2}\d:\d\d$/),
    ]);
    expect(lines.at(-1)).toBe('- Later  skipped: the clock is moved');
    expect(lines).toContain('    expected hears: wrong-code');
    expect(after.split('\n')).toEqual([
      '::endgroup::',
      expect.stringContaining(`::error title=Never said%3A <SCRIPT> | 100%25,file=${FILE},line=6,endLine=6,col=`),
      '::notice::1 scenario skipped: the log says why.',
      '1 failed, 1 passed, 1 skipped (2 calls in 1.2 s)',
      '',
    ]);
  });
});

describe('the page of a run', () => {
  it('has a table of the files, and the failures to be opened, with no markup of theirs', async () => {
    const page = await told(markdown, { all, texts: TEXTS });
    expect(page.split('\n').slice(0, 5)).toEqual([
      '## Simulated calls: 1 failed, 1 passed, 1 skipped',
      '',
      '| file | passed | failed | skipped | time on the line |',
      '|---|--:|--:|--:|--:|',
      expect.stringMatching(/^\| test\/calls\/main\.yaml \| 1 \| 1 \| 1 \| \d:\d\d \|$/),
    ]);
    expect(page).toContain('<b>Never said: &#60;SCRIPT&#62; &#124; 100%</b>: expected hears: wrong-code.');
    expect(page.match(/<\/?[a-z]+>/g)).toEqual(
      '<details> <summary> <b> </b> </summary> <pre> </pre> </details>'.split(' '),
    );
  });

  it('tells of so many failures that GitHub takes it', async () => {
    const [, failed] = all;
    if (failed === undefined) throw new Error('nothing failed');
    const page = await told(markdown, { all: Array.from({ length: 1000 }, () => failed) });
    expect(page).toContain('And 970 more failures.');
    expect(page.length).toBeLessThan(2 ** 20);
  });
});
