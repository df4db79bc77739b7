import type { Callflow } from '../callflow.ts';
import { isOfWeb } from './of-web.ts';
import type { Found, Rule } from './rule.ts';

/** A page puts nobody through, so its ways out end it. The exit `error` that is built in dials. */
export const webExits: Rule = {
  code: 'CF245',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check({ callflow, yaml }) {
    if (!isOfWeb(callflow)) return;
    for (const [name, does] of elsewhere(callflow))
      yield {
        at: yaml.place(['exits', name, does]),
        message: `A page puts nobody through, and the exit "${name}" does: it has \`${does}\`.`,
        fix: INSTEAD,
      };
    if (!Object.hasOwn(callflow.exits, 'error')) yield withoutError(yaml.placeOfKey(['sign-in']));
  },
};

const INSTEAD = 'Write `{ say: <prompt>, hang-up: true }`: the prompt is the last page.';

function withoutError(at: Found['at']): Found {
  return {
    at,
    message: 'A callflow for the web has no exit "error", and the one that is built in dials.',
    fix: 'Add `error: { say: technical-problem, hang-up: true }` under `exits`.',
  };
}

function elsewhere({ exits }: Callflow): readonly (readonly [name: string, does: string])[] {
  return Object.entries(exits).flatMap(([name, { does }]) =>
    does === 'hang-up' || does === 'return' ? [] : [[name, does] as const],
  );
}
