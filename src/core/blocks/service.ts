import { z } from 'zod';
import { name, target } from '../callflow/names.ts';
import { statusKey } from '../service-answer.ts';
import { serviceRequest } from './service-request.ts';
import { refuseOddStatuses } from './statuses.ts';
import type { Site, Verb } from './verb.ts';

const schema = z.strictObject({
  service: name.describe('The service that is called.'),
  paths: z
    .object({ failed: target })
    .catchall(target)
    .superRefine(refuseOddStatuses)
    .describe('Where each status leads that the service may answer; `failed` is for all others, and for no answer.'),
});

type CallsService = z.output<typeof schema>;

/**
 * Calls any web service that answers XML with a `status`: the path is the one of that name. Its `success` is its own and
 * proves nobody.
 */
export const service: Verb<CallsService> = {
  name: 'service',
  summary: 'Calls a web service; each status is a path.',
  example: 'balance: { service: balance, paths: { success: say-balance, not found: agent, failed: error } }',
  schema,
  paths: (block) => block.paths,
  reads: (block, { callflow }) => callflow.services[block.service]?.send ?? [],
  writes: received,
  service: (block) => block.service,
  kind: {
    does: 'perform',
    receives: received,
    task: (block, scene) => ({
      type: 'service',
      name: block.service,
      service: serviceRequest(block.service, scene),
      paths: Object.fromEntries(Object.keys(block.paths).map((status) => [statusKey(status), status])),
      failed: 'failed',
      receive: scene.callflow.services[block.service]?.receive ?? {},
    }),
  },
};

function received(block: CallsService, { callflow }: Site): readonly string[] {
  return Object.keys(callflow.services[block.service]?.receive ?? {});
}
