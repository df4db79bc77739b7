import type { MakeReporter } from '../reporters.ts';
import { dot } from './dot.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { spec } from './spec.ts';

/** THE list of reporters, by the names that `--reporter` takes. */
export const REPORTERS = { spec, dot, junit, json, github, markdown } as const satisfies Readonly<
  Record<string, MakeReporter>
>;

export type ReporterName = keyof typeof REPORTERS;
