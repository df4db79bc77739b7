import { anyEnvironment, asWritten } from '../../core/callflow/as-written.ts';
import { checkProject } from '../../core/callflow/check/index.ts';
import type { Flow } from '../../core/callflow/compile.ts';
import type { Finding } from '../../core/callflow/finding.ts';
import { compileProject, type LoadedLibrary } from '../../core/callflow/library.ts';
import { readProject, type LibrarySources, type Project } from '../../core/callflow/project.ts';
import { DialproofError } from '../../core/errors.ts';
import { callflowsInvalid, digest } from '../library-files.ts';
import { scriptOf } from './script.ts';

interface Files {
  /** Read without an environment. */
  readonly project: Project;
  readonly findings: readonly Finding[];
  readonly sources: LibrarySources;
}

/**
 * The script of a callflow of the project in one language, or in all that it speaks, the default one first.
 * @throws DialproofError `usage-wrong` for a language that it does not speak, `callflow-invalid`
 */
export function scripts(name: string, locale: string | undefined, files: Files): string {
  const { project, sources } = files;
  const errors = [...files.findings, ...checkProject(project)].filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw callflowsInvalid(errors, sources);
  const library = runnable(files);
  // Every callflow of a project is in its library.
  const flow = library.flow(name) as Flow;
  const spoken = [...new Set([project.defaultLocale, ...flow.wordings.keys()])];
  if (locale !== undefined && !spoken.includes(locale))
    throw new DialproofError('usage-wrong', `The callflow "${name}" does not speak ${locale}.`, {
      fix: `It speaks: ${spoken.join(', ')}. Another language needs prompts/<locale>/${name}.yaml.`,
    });
  const written = new Map([...project.callflows].map(([each, file]) => [each, asWritten(file)]));
  const wanted = locale === undefined ? spoken : [locale];
  return wanted.map((each) => scriptOf({ library, flow, locale: each, written })).join('\n\n');
}

/** The callflows as they run where every address and number is set. */
function runnable({ project, sources }: Files): LoadedLibrary {
  const { defaultLocale } = project;
  const options = { environment: anyEnvironment(sources.callflows), defaultLocale, digest };
  return compileProject(readProject(sources, options).project, sources, options);
}
