import type { ServiceCall } from '../call/tasks.ts';
import type { Callflow } from '../callflow/callflow.ts';
import { serviceRequest } from './service-request.ts';
import type { Scene } from './verb.ts';

/** The services that make and check external codes, by the names that a callflow gives them (G40, G44, G60). */
export type CodeService = 'send-code' | 'verify-code';

/** What a service of external codes is asked; null where codes are made here. */
export function codeService(name: CodeService, scene: Scene): ServiceCall | null {
  return isExternal(scene.callflow) ? serviceRequest(name, scene) : null;
}

/** The variables that it is sent. */
export function sentTo(name: CodeService, callflow: Callflow): readonly string[] {
  return isExternal(callflow) ? (callflow.services[name]?.send ?? []) : [];
}

/** Whether another system makes and checks the codes (G22). */
export function isExternal({ settings }: Callflow): boolean {
  return settings.code['made-by'] === 'external';
}
