import { z } from 'zod';
import { target, variable } from '../callflow/names.ts';
import { accountOf, accountVariable } from '../verification/account.ts';
import { digitsOfCode } from '../verification/code.ts';
import { codeService, sentTo } from './code-service.ts';
import { limitPaths } from './defaults.ts';
import { ownStatuses, statusPaths } from './statuses.ts';
import type { Scene, Verb } from './verb.ts';
import { METHODS, TRAITS } from '../method.ts';
import { senderOf } from '../settings.ts';
import type { AccountHolder, ServiceCall } from '../call/tasks.ts';

/** The statuses of the reference document, and every path of the block: none of them can be named by a service. */
const VERIFY_PATHS: readonly string[] = [
  'success',
  'incorrect code',
  'right',
  'wrong',
  'finished',
  'error',
  'blank',
  'too many',
  'no send left',
  'locked',
];

const schema = z.strictObject({
  'verify-code': variable.describe('The variable that holds what the caller entered.'),
  paths: z
    .strictObject({
      right: target.describe('The code is right: the one way to the exit success.'),
      wrong: target.describe('The code is wrong, and there are attempts left.'),
      finished: target.describe("The code's time is over, or it was wrong under `after-wrong-code: new-code`."),
      error: target.describe('The code could not be checked.'),
      blank: target.optional().meta({ description: 'Nothing was entered.', usually: 'wrong' }),
    })
    .describe('Where the result leads; used-up attempts and a locked account leave by the settings.'),
  statuses: ownStatuses(VERIFY_PATHS),
});

/**
 * The Decision of the OTP nodes (L39 to L43). A code whose time is over is rejected: the page of `OTP FAIL` speaks for it,
 * too (L46).
 */
const byOutcomes = schema
  .omit({ paths: true, statuses: true })
  .extend({
    paths: z
      .strictObject({
        PASS: target.describe('The code is right: the one way to the exit success.'),
        CHALLENGE: target.describe('The code is wrong, and there are attempts left.'),
        REVIEW: target.describe('Nothing was entered; no attempt is used.'),
        REJECT: target.describe("The attempts are used up, or the code's time is over."),
        ERROR: target.describe('The code could not be checked.'),
      })
      .describe('Where the outcome leads; a locked account leaves by the settings.'),
  })
  .transform(
    ({ paths: { PASS: right, CHALLENGE: wrong, REVIEW: blank, REJECT: finished, ERROR: error }, ...rest }) => ({
      ...rest,
      paths: { right, wrong, finished, error, blank },
      rejected: finished,
    }),
  );

type VerifyCode = z.output<typeof schema> & { readonly rejected?: string };

/**
 * Tries the entered code (G11). The only block that grants; each try is charged before it is compared. `finished`: the
 * code's time is over, or it was wrong under `after-wrong-code: new-code` (G13).
 */
export const verifyCode: Verb<VerifyCode> = {
  name: 'verify-code',
  summary: 'Tries the entered code; the only way to success.',
  example:
    'check: { verify-code: authCode, paths: { right: thank-you, wrong: wrong-code, finished: new-code, error: error } }',
  schema,
  outcomes: {
    schema: byOutcomes,
    names: {
      right: 'PASS',
      wrong: 'CHALLENGE',
      blank: 'REVIEW',
      finished: 'REJECT',
      'too-many': 'REJECT',
      'no-send-left': 'REJECT',
      error: 'ERROR',
    },
  },
  paths: (block, site) => {
    const { attempts, sends, locked } = limitPaths(site.callflow);
    const { right, wrong, finished, error, blank } = block.paths;
    return {
      ...block.statuses,
      right,
      wrong,
      finished,
      error,
      blank: blank ?? wrong,
      'too-many': block.rejected ?? attempts,
      'no-send-left': block.rejected ?? sends,
      locked,
    };
  },
  reads: (block, { callflow }) => [
    ...accountVariable(callflow),
    block['verify-code'],
    ...sentTo('verify-code', callflow),
  ],
  tells: { wrong: ['left'] },
  limitPaths: ['too-many', 'no-send-left', 'locked'],
  kind: {
    does: 'perform',
    blanks: (block) => block['verify-code'],
    wrong: ['wrong', 'finished'],
    because: { blank: 'blank', wrong: 'wrong' },
    task: (block, scene) => {
      const { settings } = scene.callflow;
      return {
        type: 'verify-code',
        account: accountOf(scene.callflow, scene.facts),
        madeBy: settings.code['made-by'],
        candidates: candidates(block['verify-code'], scene),
        service: withHeard(block['verify-code'], scene),
        parameter: `${block['verify-code']}_nbest1`,
        statuses: statusPaths(block.statuses),
        afterWrong: settings.code['after-wrong-code'],
        mostSends: settings.limits.sends.most,
        holder: holderOf(scene),
      };
    },
  },
};

/**
 * The best of what was heard, at most as many as the setting says; a variable that was not heard is tried as it is. Of
 * our own codes another reading of another length can be none, and uses no attempt (D10).
 */
function candidates(name: string, { callflow, facts }: Scene): readonly string[] {
  const { code } = callflow.settings;
  const { variables, chosen } = facts;
  const best = variables[`${name}_nbest1`] ?? '';
  const others: string[] = [];
  for (let n = 2; n <= code['try-nbest']; n++) others.push(variables[`${name}_nbest${n}`] ?? '');
  const digits = digitsOfCode(code, chosen);
  const fits = (each: string): boolean => each !== '' && (code['made-by'] === 'external' || each.length === digits);
  return [best === '' ? (variables[name] ?? '') : best, ...others.filter(fits)];
}

/** Code Authentication, with all that was heard: `authCode_nbest1` and the rest of the list (G45, D10). */
function withHeard(name: string, scene: Scene): ServiceCall | null {
  const service = codeService('verify-code', scene);
  if (service === null) return null;
  const heard = Object.entries(scene.facts.variables).filter(([key]) => key.startsWith(`${name}_nbest`));
  return { ...service, parameters: { ...service.parameters, ...Object.fromEntries(heard) } };
}

/** Email first; a text message to a number that is for calls only where there is none for messages. */
function holderOf({ callflow: { name, settings }, facts: { found }, locale }: Scene): AccountHolder {
  const contacts = METHODS.filter((method) => TRAITS[method].code === 'written').flatMap((method) => {
    const from = senderOf(method, settings);
    const known = found.filter(
      (each) => from !== '' && each.destination !== '' && TRAITS[each.method].to === TRAITS[method].to,
    );
    return [...known.filter((each) => each.method === method), ...known.filter((each) => each.method !== method)].map(
      ({ destination }) => ({ method, destination, from }),
    );
  });
  return { contacts, wording: { callflow: name, locale } };
}
