import type { Played } from '../../../simulator/record.ts';
import { PLAIN } from '../../paint.ts';
import type { MakeReporter, RunSummary } from '../reporters.ts';
import { failureLines, reasonOf } from './failure-text.ts';
import { PlayedFiles, type PlayedFile } from './played-files.ts';
import { element } from './xml.ts';

const WIDTH = 100;

/**
 * JUnit's XML as Jenkins, GitLab and others read it: a suite for each file, with the attributes that all of them know.
 * Times are seconds of the real clock.
 */
export const junit: MakeReporter = (out, sources) => {
  const files = new PlayedFiles();
  return {
    played: (played) => files.add(played),
    end(summary) {
      const suites = files.all.map((file) => suite(file, sources.get(file.file)));
      out.write(`<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', totals(summary), suites)}\n`);
    },
  };
};

function totals({ passed, failed, skipped, ms }: RunSummary) {
  return { name: 'dialproof', tests: passed + failed + skipped, failures: failed, errors: 0, time: seconds(ms) };
}

function suite({ file, played, failed, skipped, ms }: PlayedFile, source: string | undefined): string {
  const counts = { tests: played.length, failures: failed, errors: 0, skipped };
  return element('testsuite', { name: file, ...counts, time: seconds(ms) }, [
    element('properties', {}, [element('property', { name: 'callflow', value: played[0]?.callflow ?? '' })]),
    ...played.map((each) => testcase(each, source)),
  ]);
}

function testcase(played: Played, source: string | undefined): string {
  const { name, file, ms, outcome, reason = '' } = played;
  const attributes = { name, classname: className(file), time: seconds(ms) };
  if (outcome === 'passed') return element('testcase', attributes);
  if (outcome === 'skipped') return element('testcase', attributes, [element('skipped', { message: reason })]);
  const { expected, instead } = reasonOf(played);
  const text = failureLines(played, { source, width: WIDTH, paint: PLAIN });
  const failure = { message: `expected ${expected}: ${instead}`, type: expected.split(':')[0] ?? '' };
  return element('testcase', attributes, [element('failure', failure, text.join('\n'))]);
}

/** Jenkins takes what stands before the last dot for a package. */
function className(file: string): string {
  return file
    .replace(/\.ya?ml$/, '')
    .replace(/^[./\\]+/, '')
    .replaceAll('.', '_')
    .replaceAll(/[/\\]+/g, '.');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
