import { similar } from '../../core/callflow/similar.ts';
import { SETTINGS } from '../environment.ts';
import { dotEnv } from './dot-env.ts';

/** A warning for each name in `.env` that is no setting and looks like one; other programs may have names of their own there. */
export function warningsOfDotEnv(): string {
  return misspelled(Object.keys(dotEnv()))
    .map(({ name, meant }) => `Warning: ${name} in .env is no setting. Did you mean ${meant}?\n`)
    .join('');
}

/** Names of callflows are the designers' own. */
function misspelled(names: readonly string[]): readonly { readonly name: string; readonly meant: string }[] {
  const settings = Object.keys(SETTINGS);
  return names.flatMap((name) => {
    if (settings.includes(name) || !/^\w+$/.test(name) || name.startsWith('CALLFLOW_')) return [];
    const meant = similar(name, settings);
    return meant === undefined ? [] : [{ name, meant }];
  });
}
