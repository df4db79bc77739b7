import { asWritten } from '../../core/callflow/as-written.ts';
import type { Finding } from '../../core/callflow/finding.ts';
import { readProject, type LibrarySources, type Project } from '../../core/callflow/project.ts';
import { similar } from '../../core/callflow/similar.ts';
import { DialproofError } from '../../core/errors.ts';
import { callflowsInvalid, readSources, type LibraryFolders } from '../library-files.ts';
import type { Format } from '../show.ts';
import { pictureOf } from './picture.ts';

export interface DrawRequest {
  readonly folders: LibraryFolders;
  readonly defaultLocale: string;
  /** Absent: the only one there is. */
  readonly name: string | undefined;
  readonly format: Format;
  /** Absent: the default one; for a script all that the callflow speaks. */
  readonly locale: string | undefined;
  readonly limits: boolean;
}

/** The text of a picture, of data or of a script. @throws DialproofError `usage-wrong`, `callflow-invalid` */
export async function draw(request: DrawRequest): Promise<string> {
  const { defaultLocale, format } = request;
  const sources = await readSources(request.folders);
  // What is shown is the same on every machine.
  const { project, findings } = readProject(sources, { environment: {}, defaultLocale });
  if (project.callflows.size === 0) throw noneToShow(request, findings, sources);
  const name = chosen(request.name, project);
  const file = project.callflows.get(name);
  if (file === undefined) throw callflowsInvalid(findings, sources);
  if (format === 'script') {
    const { scripts } = await import('./scripts.ts');
    return scripts(name, request.locale, { project, findings, sources });
  }
  const written = asWritten(file);
  const wordings = file.wordings.get(request.locale ?? defaultLocale) ?? null;
  if (format === 'json') {
    const { jsonOf } = await import('./json.ts');
    return `${JSON.stringify(jsonOf(written, wordings), null, 2)}\n`;
  }
  const picture = pictureOf(written, { wordings, limits: request.limits });
  switch (format) {
    case 'mermaid':
      return (await import('./mermaid.ts')).mermaidOf(picture);
    case 'dot':
      return (await import('./dot.ts')).dotOf(picture);
    case 'svg':
      return (await import('./svg.ts')).svgOf(picture);
  }
}

/** The callflow to show; one that cannot be read is chosen as well, so that its findings are told. */
function chosen(name: string | undefined, project: Project): string {
  const names = [...project.callflows.keys()].toSorted();
  const [first = '', ...more] = names;
  const list = `There are: ${names.join(', ')}.`;
  if (name === undefined && more.length === 0) return first;
  if (name === undefined)
    throw new DialproofError('usage-wrong', `Which callflow? ${list}`, {
      fix: `Name one, for example: dialproof show ${first}`,
    });
  if (names.includes(name) || project.mayBeUnread(name)) return name;
  const near = similar(name, names);
  throw new DialproofError('usage-wrong', `There is no callflow named "${name}".`, {
    fix: `${near === undefined ? '' : `Did you mean "${near}"? `}${list}`,
  });
}

function noneToShow({ folders }: DrawRequest, findings: readonly Finding[], sources: LibrarySources): DialproofError {
  if (findings.length > 0) return callflowsInvalid(findings, sources);
  return new DialproofError('usage-wrong', `There is no callflow in "${folders.callflows}".`, {
    fix: 'Write one there, or set CALLFLOWS_DIR to the folder that you mean.',
  });
}
