import { describe, expect, it } from 'vitest';
import { writeTwiml } from '../../src/adapters/channels/twilio/twiml.ts';
import { readTwiml } from '../../src/telephone/twiml-reader.ts';
import { DOCUMENT, EMPTY, HANG_UP, SPEECH } from './gather-table/after-it.ts';
import { FINISH, NO_LEAST, NUM_DIGITS } from './gather-table/endings.ts';
import { NO_TYPE_AHEAD, TRAILING } from './gather-table/left-over-keys.ts';
import { outcomeOf } from './gather-table/outcome.ts';
import { TIMER } from './gather-table/timers.ts';

const TABLE = [TIMER, NUM_DIGITS, FINISH, TRAILING, EMPTY, NO_LEAST, NO_TYPE_AHEAD, SPEECH, DOCUMENT, HANG_UP];

describe.each(TABLE)('Gather: $fact', ({ cases }) => {
  it.each(cases)('$title', ({ documents, does, comesOut }) => {
    const verbs = documents.map((document) => (typeof document === 'string' ? readTwiml(document) : document));
    expect(outcomeOf(verbs, does)).toEqual(comesOut);
    const asTwiml = verbs.map((document) => readTwiml(writeTwiml(document).body));
    expect(outcomeOf(asTwiml, does)).toEqual(comesOut);
  });
});
