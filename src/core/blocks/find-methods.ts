import { z } from 'zod';
import { name, target } from '../callflow/names.ts';
import { accountOf, accountVariable } from '../verification/account.ts';
import { limitPaths } from './defaults.ts';
import { serviceRequest } from './service-request.ts';
import { offeredMethods } from '../settings.ts';
import type { Scene, Verb } from './verb.ts';
import type { Task } from '../call/tasks.ts';

const schema = z.strictObject({
  'find-methods': name.describe('The service that knows the verified contact methods.'),
  paths: z
    .strictObject({
      found: target.describe('There is at least one verified contact method.'),
      failed: target.describe('The service does not answer properly.'),
      none: target.optional().meta({ description: 'There is none.', usually: 'the setting no-method' }),
      locked: target.optional().meta({ description: 'The account is locked.', usually: 'the setting limits.locked' }),
    })
    .describe('Where the answer leads.'),
});

type FindMethods = z.output<typeof schema>;

/** Asks the customer's web service which contact methods of the account are verified (G32-G39). */
export const findMethods: Verb<FindMethods> = {
  name: 'find-methods',
  summary: 'Looks up the verified contact methods of the account.',
  example: 'find-methods: { find-methods: contact-methods, paths: { found: choose-method, failed: error } }',
  schema,
  paths: (block, site) => {
    const { noMethod, locked } = limitPaths(site.callflow);
    return { none: noMethod, locked, ...defined(block.paths) };
  },
  reads: (block, { callflow }) => [
    ...accountVariable(callflow),
    ...(callflow.services[block['find-methods']]?.send ?? []),
  ],
  writes: (_block, { callflow: { settings } }) => [
    settings['customer-email-variable'],
    settings['customer-phone-variable'],
  ],
  service: (block) => block['find-methods'],
  limitPaths: ['none', 'locked'],
  kind: { does: 'perform', clears: true, task },
};

function task(block: FindMethods, scene: Scene): Task {
  const { settings } = scene.callflow;
  const nodes = settings['otp-nodes'];
  const value = (name: string): string => scene.facts.variables[name] ?? '';
  const phone = value(settings['customer-phone-variable']);
  return {
    type: 'find-methods',
    madeBy: settings.code['made-by'],
    account: accountOf(scene.callflow, scene.facts),
    service: serviceRequest(block['find-methods'], scene),
    methods: offeredMethods(settings),
    known: {
      email: value(settings['customer-email-variable']),
      phone,
      voice: nodes?.['Voice Attribute'] === undefined ? phone : value(nodes['Voice Attribute']),
    },
    sharedState: nodes?.['Attribute Source'] === 'Shared State',
    variables: { email: settings['customer-email-variable'], phone: settings['customer-phone-variable'] },
  };
}

function defined(paths: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(paths).flatMap(([path, to]) => (to === undefined ? [] : [[path, to]])));
}
