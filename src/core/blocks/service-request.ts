import type { ServiceCall } from '../call/tasks.ts';
import type { Scene } from './verb.ts';

/** What a service of the callflow is asked: a test call asks its test address, and no other (D16). */
export function serviceRequest(name: string, scene: Scene): ServiceCall {
  const service = scene.callflow.services[name];
  const variables = { ...scene.facts.variables, ...scene.facts.lookedUp };
  const url = (scene.test ? service?.test : service?.production) ?? '';
  return {
    url: url === '' ? null : url,
    method: service?.method ?? 'POST',
    timeout: service?.timeout ?? 3_000,
    parameters: Object.fromEntries((service?.send ?? []).map((sent) => [sent, variables[sent] ?? ''])),
  };
}
