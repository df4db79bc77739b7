import { compareBlocks } from './compare-blocks.ts';
import { compareExits } from './compare-exits.ts';
import { compareInputs } from './compare-inputs.ts';
import { compareKeys } from './compare-keys.ts';
import { compareLimits } from './compare-limits.ts';
import { comparePaths } from './compare-paths.ts';
import { compareProof, waysAround } from './compare-proof.ts';
import { compareQuestions } from './compare-questions.ts';
import { compareServices } from './compare-services.ts';
import { compareSettings } from './compare-settings.ts';
import { compareSignIn } from './compare-sign-in.ts';
import { compareStandard, compareWords } from './compare-words.ts';
import type { Change } from './change.ts';
import { sidesOf, type Sides, type Versions } from './sides.ts';

/** What has changed in one callflow, or, without a name, in what all of them share. */
export interface Changed {
  readonly callflow: string | null;
  readonly changes: readonly Change[];
}

/** In the order in which they are told. */
const COMPARERS: readonly ((sides: Sides) => readonly Change[])[] = [
  compareProof,
  compareInputs,
  compareSignIn,
  compareSettings,
  compareLimits,
  compareKeys,
  comparePaths,
  compareQuestions,
  compareBlocks,
  compareExits,
  compareServices,
  compareWords,
];

/**
 * What callers would notice between two versions, callflow by callflow in the order of their names; empty when nothing.
 * Comments, order and formatting are no difference, nor is what no caller can come to.
 */
export function compareVersions(versions: Versions): readonly Changed[] {
  const { before, after } = versions;
  const names = [...new Set([...before.callflows.keys(), ...after.callflows.keys()])].toSorted();
  return [
    { callflow: null, changes: compareStandard(before, after) },
    ...names.map((name) => ({ callflow: name, changes: compareCallflow(name, versions) })),
  ].filter(({ changes }) => changes.length > 0);
}

function compareCallflow(name: string, versions: Versions): readonly Change[] {
  const sides = sidesOf(name, versions);
  if (sides !== null) return COMPARERS.flatMap((compare) => compare(sides));
  const file = versions.after.callflows.get(name);
  const about = (text: string): Change => ({ about: 'callflow', name, text, security: null });
  if (file === undefined) return [about(`This callflow is gone; nobody can call ${name} any more.`)];
  const { title, signIn } = file.callflow;
  const way = signIn === null ? `It can be called at /voice/${name}, and linked to.` : 'It is for web sign-in.';
  return [about(`This callflow is new: ${title}. ${way}`), ...waysAround({ file, project: versions.after })];
}
