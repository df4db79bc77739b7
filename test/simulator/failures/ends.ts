import { TWO_FACTOR, type Told } from './told.ts';

const RULE = 'A rule under `always` holds for every call of the file: mend the callflow, or the rule.';

/** Ends, counts and rules that do not hold. */
export const ENDS: readonly Told[] = [
  {
    title: 'another exit',
    lines: ['call:', '- press: 0', 'ends: success'],
    at: 3,
    expected: 'ends: success',
    instead: 'The call left by "agent". Heard last: transferring',
    fix: 'Mend the end, or the callflow.',
  },
  {
    title: 'no exit, since the caller hangs up',
    lines: ['call:', '- press: sms', '- hangs-up', 'ends: success'],
    at: 4,
    expected: 'ends: success',
    instead: 'The call left by no exit. Heard last: enter-code.sms',
    fix: 'Who hangs up leaves by no exit: write no `ends`.',
  },
  {
    title: 'a question that stands open at the end',
    lines: ['call:', '- press: sms', 'ends: success'],
    at: 3,
    expected: 'ends: success',
    instead: 'The line still listens, and the scenario has no more steps. Heard last: enter-code.sms',
    fix: 'Say what the caller does then: press a key, `silent: 10s` or `hangs-up`.',
  },
  {
    title: 'other sends',
    lines: ['call:', '- press: sms', 'count: { attempts: 0, sends: 2 }'],
    at: 3,
    expected: 'count: { sends: 2 }',
    instead: 'There was 1.',
    fix: 'Count what the last call really did, or mend the callflow.',
  },
  {
    title: 'other attempts',
    lines: ['call: [ { press: sms }, { press: wrong-code }, { press: wrong-code } ]', 'count: { attempts: 1 }'],
    at: 2,
    expected: 'count: { attempts: 1 }',
    instead: 'There were 2.',
    fix: 'Count what the last call really did',
  },
  {
    title: 'more sends than are allowed',
    head: `${TWO_FACTOR}always:\n- attempts: { at-most: 1 }\n- sends: { at-most: 0 }\n`,
    lines: ['call: [ { press: sms } ]'],
    at: '- sends: { at-most: 0 }',
    expected: 'always: sends: { at-most: 0 }',
    instead: 'There was 1.',
    fix: RULE,
  },
  {
    title: 'an exit that is not allowed',
    head: `${TWO_FACTOR}always: [ { ends: [success, error] } ]\n`,
    lines: ['call: [ { press: 0 } ]', 'ends: agent'],
    at: 'always: [ { ends: [success, error] } ]',
    expected: 'always: ends: [success, error]',
    instead: 'The call left by "agent".',
    fix: RULE,
  },
  {
    title: 'a rule that the first of two calls breaks',
    head: `${TWO_FACTOR}always: [ { attempts: { at-most: 0 } } ]\n`,
    lines: ['call: [ { press: sms }, { press: wrong-code }, hangs-up, redials, hangs-up ]'],
    at: 'always: [ { attempts: { at-most: 0 } } ]',
    expected: 'always: attempts: { at-most: 0 }',
    instead: 'There was 1.',
    fix: RULE,
  },
];
