import { z } from 'zod';
import { name, target } from '../callflow/names.ts';
import { accountOf } from '../verification/account.ts';
import { limitPaths } from './defaults.ts';
import type { Scene, Verb } from './verb.ts';
import type { Task } from '../call/tasks.ts';

const schema = z.strictObject({
  'find-methods': name.describe('The service that knows the verified contact methods.'),
  paths: z.strictObject({ found: target, failed: target, none: target.optional(), locked: target.optional() }),
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
  reads: (block, { callflow }) => callflow.services[block['find-methods']]?.send ?? [],
  writes: (_block, { callflow: { settings } }) => [
    settings['customer-email-variable'],
    settings['customer-phone-variable'],
  ],
  service: (block) => block['find-methods'],
  limitPaths: ['none', 'locked'],
  kind: { does: 'perform', clears: true, task },
};

function task(block: FindMethods, scene: Scene): Task {
  const { settings, services } = scene.callflow;
  const { variables } = scene.facts;
  const service = services[block['find-methods']];
  const value = (name: string): string => variables[name] ?? '';
  const url = (scene.test ? service?.test : service?.production) ?? '';
  return {
    type: 'find-methods',
    account: accountOf(scene.callflow, scene.facts),
    service: {
      url: url === '' ? null : url,
      method: service?.method ?? 'POST',
      timeout: service?.timeout ?? 3_000,
      parameters: Object.fromEntries((service?.send ?? []).map((name) => [name, value(name)])),
    },
    methods: settings.methods,
    known: { email: value(settings['customer-email-variable']), phone: value(settings['customer-phone-variable']) },
    variables: { email: settings['customer-email-variable'], phone: settings['customer-phone-variable'] },
  };
}

function defined(paths: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(paths).flatMap(([path, to]) => (to === undefined ? [] : [[path, to]])));
}
