import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../../src/cli/environment.ts';
import { missingForProduction } from '../../../src/cli/serve/requirements.ts';
import { flowOf } from '../../core/support.ts';

/** What production misses about the exits of a callflow. */
function missing(exit: string): readonly string[] {
  const library = flowOf(`
callflow: line
start: hello
exits: { away: ${exit} }
blocks: { hello: { say: goodbye, next: away } }`);
  return missingForProduction(library, readEnvironment({})).filter((each) => each.includes('"away"'));
}

describe('production needs, of an exit', () => {
  it.each([
    [
      '{ redirect: "${CALLFLOW_UNSET}" }',
      'the address of the exit "away" is not set, and "line" hands calls over to it',
    ],
    [
      '{ studio-return: "${CALLFLOW_UNSET}" }',
      'the address of the exit "away" is not set, and "line" hands calls over to it',
    ],
    ['{ queue: "${CALLFLOW_UNSET}" }', 'the queue of the exit "away" is not set, and "line" waits in it'],
    [
      '{ redirect: "http://a.example/" }',
      'the address of the exit "away" is not https, and "line" hands calls over to it',
    ],
    [
      '{ redirect: "http://127.0.0.1.a.example/" }',
      'the address of the exit "away" is not https, and "line" hands calls over to it',
    ],
  ])('%s: %s', (exit, problem) => {
    expect(missing(exit)).toEqual([problem]);
  });

  it.each([
    '{ redirect: "https://a.example/" }',
    '{ redirect: "http://localhost:8080/" }',
    '{ redirect: "http://127.0.0.1:8080/" }',
    '{ redirect: "http://[::1]:8080/" }',
    '{ queue: support }',
    '{ hang-up: true }',
  ])('nothing more than %s', (exit) => {
    expect(missing(exit)).toEqual([]);
  });
});
