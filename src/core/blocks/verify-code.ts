import { z } from 'zod';
import { target, variable } from '../callflow/names.ts';
import { accountOf, accountVariable } from '../verification/account.ts';
import { limitPaths } from './defaults.ts';
import type { Verb } from './verb.ts';

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
});

/**
 * Tries the entered code (G11). The only block that grants; each try is charged before it is compared. `finished`: the
 * code's time is over, or it was wrong under `after-wrong-code: new-code` (G13).
 */
export const verifyCode: Verb<z.output<typeof schema>> = {
  name: 'verify-code',
  summary: 'Tries the entered code; the only way to success.',
  example:
    'check: { verify-code: authCode, paths: { right: thank-you, wrong: wrong-code, finished: new-code, error: error } }',
  schema,
  paths: (block, site) => {
    const { attempts, sends, locked } = limitPaths(site.callflow);
    const { right, wrong, finished, error, blank } = block.paths;
    return {
      right,
      wrong,
      finished,
      error,
      blank: blank ?? wrong,
      'too-many': attempts,
      'no-send-left': sends,
      locked,
    };
  },
  reads: (block, { callflow }) => [...accountVariable(callflow), block['verify-code']],
  tells: { wrong: ['left'] },
  limitPaths: ['too-many', 'no-send-left', 'locked'],
  kind: {
    does: 'perform',
    blanks: (block) => block['verify-code'],
    wrong: ['wrong', 'finished'],
    task: (block, scene) => {
      const { settings } = scene.callflow;
      const { variables } = scene.facts;
      return {
        type: 'verify-code',
        account: accountOf(scene.callflow, scene.facts),
        code: variables[`${block['verify-code']}_nbest1`] ?? variables[block['verify-code']] ?? '',
        afterWrong: settings.code['after-wrong-code'],
        mostSends: settings.limits.sends.most,
      };
    },
  },
};
