import { askedServices } from '../../../core/callflow/asked-services.ts';
import type { LoadedLibrary } from '../../../core/callflow/library.ts';
import type { Step } from '../../../core/scenario/scenario-schema.ts';
import type { ToPlay } from '../../../simulator/play-scenario.ts';

/** Why a scenario cannot be played at any server; null where it can. */
export function whyNowhere({ callflow, scenario, given }: ToPlay, { flows }: LoadedLibrary): string | null {
  if (flows.some((flow) => flow.callflow.name === callflow && flow.callflow.signIn !== null))
    return 'a callflow for web sign-in has no number, and a server shows it as pages';
  if (scenario.call.some((step) => isStep(step, 'later'))) return '`later` moves the clock, and a server has its own';
  if (given.breaks.length > 0) return '`breaks` takes the store away, and a server keeps it';
  return null;
}

/** Why it cannot be played at a server of our own, whose web services are under this address. */
export function whyNotHere(play: ToPlay, library: LoadedLibrary, ours: string): string | null {
  return whyNowhere(play, library) ?? fixedService(library, ours) ?? namelessService(play, library);
}

export function isStep(step: Step, name: string): boolean {
  return typeof step === 'object' && name in step;
}

/** Nobody but the operator's own service answers at an address that stands in the callflow itself. */
function fixedService({ flows }: LoadedLibrary, ours: string): string | null {
  for (const { callflow } of flows)
    for (const name of askedServices(callflow)) {
      const { production = '', test = '' } = callflow.services[name] ?? {};
      if ([production, test].some((address) => address !== '' && !address.startsWith(ours)))
        return `the address of the service "${name}" stands in the callflow "${callflow.name}"; name a setting there, \`\${CALLFLOW_...}\`, so that another one can answer`;
    }
  return null;
}

/** A service that is not told whose call it is cannot answer for one scenario. */
function namelessService({ given }: ToPlay, { flows }: LoadedLibrary): string | null {
  for (const { callflow } of flows)
    for (const name of Object.keys(given.services)) {
      const service = callflow.services[name];
      if (service === undefined || !askedServices(callflow).has(name)) continue;
      if (callflow.account === null || !service.send.includes(callflow.account))
        return `the service "${name}" is not sent the account, so that its answer cannot be arranged for one call`;
    }
  return null;
}
