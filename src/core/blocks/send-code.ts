import { z } from 'zod';
import { target } from '../callflow/names.ts';
import { accountOf, accountVariable } from '../verification/account.ts';
import { codeService, sentTo } from './code-service.ts';
import { limitPaths } from './defaults.ts';
import { ownStatuses, statusPaths } from './statuses.ts';
import { senderOf } from '../settings.ts';
import type { Scene, Verb } from './verb.ts';
import type { Task } from '../call/tasks.ts';

/** The statuses of the reference document, and every path of the block. */
const SEND_PATHS: readonly string[] = [
  'success',
  'incorrect code',
  'sent',
  'nothing to send',
  'failed',
  'unreachable',
  'rejected',
  'error',
  'too many',
  'locked',
];

const sent = {
  sent: target.describe('The code is on its way.'),
  'nothing-to-send': target
    .optional()
    .meta({ description: 'The chosen method has its codes already: an authenticator.', usually: 'the same as sent' }),
};

const schema = z.strictObject({
  'send-code': z
    .literal('chosen', { error: 'Write `send-code: chosen`: the code goes by the method that the caller chose.' })
    .describe('By the method that the caller chose.'),
  paths: z
    .union(
      [
        z.strictObject({
          ...sent,
          failed: target.describe('It could not be sent, or is reported not to have arrived.'),
        }),
        z.strictObject({
          ...sent,
          unreachable: target.describe('No connection, no answer, or a fault over there.'),
          rejected: target.describe('The other side refused it, or reports that it did not arrive.'),
          error: target.describe('Anything else went wrong.'),
        }),
      ],
      {
        error:
          'The paths are sent, nothing-to-send and failed; or, apart, unreachable, rejected and error in place of failed.',
      },
    )
    .describe('Where the result leads; too many sends and a locked account leave by the settings.'),
  statuses: ownStatuses(SEND_PATHS),
});

/** The Sender of the OTP nodes (L24 to L27). */
const byOutcomes = schema
  .omit({ paths: true, statuses: true })
  .extend({
    paths: z
      .strictObject({
        SUCCESS: target.describe('The code is made and on its way, which does not mean that it has arrived.'),
        API_ERROR: target.describe('No connection, no answer, or a fault over there.'),
        OTP_FAIL: target.describe('The other side refused it, or reports that it did not arrive.'),
        ERROR: target.describe('Anything else went wrong.'),
      })
      .describe('Where the outcome leads; too many sends and a locked account leave by the settings.'),
  })
  .transform(({ paths: { SUCCESS: sent, API_ERROR: unreachable, OTP_FAIL: rejected, ERROR: error }, ...rest }) => ({
    ...rest,
    paths: { sent, unreachable, rejected, error },
  }));

type SendCode = z.output<typeof schema>;

/** Makes a code and sends it by the chosen method (G9). Every pass that issues a code counts one send (G51). */
export const sendCode: Verb<SendCode> = {
  name: 'send-code',
  summary: 'Makes a code and sends it by the chosen method.',
  example:
    'send: { send-code: chosen, paths: { sent: enter-code, nothing-to-send: enter-code, failed: not-delivered } }',
  schema,
  outcomes: {
    schema: byOutcomes,
    names: {
      sent: 'SUCCESS',
      'nothing-to-send': 'SUCCESS',
      unreachable: 'API_ERROR',
      rejected: 'OTP_FAIL',
      error: 'ERROR',
    },
  },
  paths: (block, site) => {
    const { sends, locked } = limitPaths(site.callflow);
    const { sent } = block.paths;
    const failed =
      'failed' in block.paths
        ? { unreachable: block.paths.failed, rejected: block.paths.failed, error: block.paths.failed }
        : { unreachable: block.paths.unreachable, rejected: block.paths.rejected, error: block.paths.error };
    return {
      ...block.statuses,
      sent,
      'nothing-to-send': block.paths['nothing-to-send'] ?? sent,
      ...failed,
      'too-many': sends,
      locked,
    };
  },
  reads: (_block, { callflow }) => [...accountVariable(callflow), ...sentTo('send-code', callflow)],
  tells: { sent: ['sends', 'left'] },
  limitPaths: ['too-many', 'locked'],
  kind: { does: 'perform', task, sends: { sent: 'sent', undelivered: 'rejected' } },
};

function task(block: SendCode, scene: Scene): Task {
  const { settings, name } = scene.callflow;
  const { found, chosen } = scene.facts;
  const method = found.find((each) => each.method === chosen);
  return {
    type: 'send-code',
    account: accountOf(scene.callflow, scene.facts),
    method: method?.method ?? '',
    destination: method?.destination ?? '',
    code: {
      madeBy: settings.code['made-by'],
      digits: settings.code.digits,
      lasts: settings.code.lasts,
      attempts: settings.limits['attempts-per-code'].most,
    },
    service: codeService('send-code', scene),
    sendForAuthenticator: settings.code['send-for-authenticator'],
    statuses: statusPaths(block.statuses),
    most: settings.limits.sends.most,
    spacing: settings.spacing,
    from: senderOf(method?.method ?? '', settings),
    subject: settings.messages.email?.subject ?? '',
    wording: { callflow: name, locale: scene.locale },
  };
}
