import { fallbackExit, type Callflow } from '../callflow/callflow.ts';
import type { ContactMethod } from '../call/session.ts';
import { offers } from '../settings.ts';
import type { Limit, Scene, Site } from './verb.ts';

type OwnLimits = { readonly silences?: Limit | undefined; readonly 'wrong-keys'?: Limit | undefined };

/** The limits of a listening block: its own, else those of the settings. A designer cannot forget them. */
export function settingLimits(block: OwnLimits, site: Site): { readonly silences: Limit; readonly wrongKeys: Limit } {
  const { limits } = site.callflow.settings;
  return {
    silences: block.silences ?? withPath(limits.silences, site.callflow),
    wrongKeys: block['wrong-keys'] ?? withPath(limits['wrong-keys'], site.callflow),
  };
}

/** Where key 0 leads in a menu, or null where it is not offered. */
export function zeroTarget(
  block: { readonly keys: Readonly<Record<string, string | undefined>> },
  site: Site,
): string | null {
  if (block.keys['0'] !== undefined) return null;
  return site.callflow.settings['zero-is'] ?? null;
}

/** The paths that the security limits take; a designer says where they lead and cannot remove them. */
export function limitPaths(callflow: Callflow): {
  readonly sends: string;
  readonly attempts: string;
  readonly locked: string;
  readonly noMethod: string;
} {
  const { limits } = callflow.settings;
  const otherwise = fallbackExit(callflow);
  return {
    sends: limits.sends.then ?? otherwise,
    attempts: limits['attempts-per-code'].then ?? otherwise,
    locked: limits.locked.then ?? otherwise,
    noMethod: callflow.settings['no-method'] ?? otherwise,
  };
}

/** The methods that the caller may choose among: those that were found and that the callflow offers, in that order. */
export function choices(scene: Scene): readonly ContactMethod[] {
  return scene.facts.found.filter((each) => offers(scene.callflow.settings, each.method));
}

function withPath(limit: { readonly most: number; readonly then?: string | undefined }, callflow: Callflow): Limit {
  return { most: limit.most, then: limit.then ?? fallbackExit(callflow) };
}
