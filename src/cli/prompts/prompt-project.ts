import { locale } from '../../core/callflow/names.ts';
import { readProject, type Project } from '../../core/callflow/project.ts';
import { DialproofError } from '../../core/errors.ts';
import { readEnvironment, type RawEnvironment } from '../environment.ts';
import { callflowsInvalid, readSources } from '../library-files.ts';

/** The project of the settings, and the folder that its prompts are in. */
export interface PromptProject {
  readonly project: Project;
  readonly folder: string;
  /** The same, as the files are now. */
  readonly reread: () => Promise<PromptProject>;
}

/** Texts may be missing; a file that cannot be read at all stops everything. @throws DialproofError `callflow-invalid` */
export async function readPromptProject(raw: RawEnvironment): Promise<PromptProject> {
  const { CALLFLOWS_DIR, PROMPTS_DIR, DEFAULT_LOCALE } = readEnvironment(raw);
  const sources = await readSources({ callflows: CALLFLOWS_DIR, prompts: PROMPTS_DIR });
  const { project, findings } = readProject(sources, { environment: raw, defaultLocale: DEFAULT_LOCALE });
  if (findings.length > 0) throw callflowsInvalid(findings, sources);
  return { project, folder: PROMPTS_DIR, reread: () => readPromptProject(raw) };
}

/** All languages that have prompt files, the default one first. */
export function localesOf({ prompts, defaultLocale }: Project): readonly string[] {
  const others = new Set(prompts.map(({ source }) => source.locale).filter((locale) => locale !== defaultLocale));
  return [defaultLocale, ...[...others].sort()];
}

/** @throws DialproofError `usage-wrong` */
export function checkedLocale(written: string): string {
  if (locale.safeParse(written).success) return written;
  throw new DialproofError('usage-wrong', `"${written}" is no locale.`, {
    fix: 'A locale is a language with an optional region, for example en-US.',
  });
}
