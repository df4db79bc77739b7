import path from 'node:path';
import { loadWordings, type Wordings } from '../../core/call/prompts.ts';
import { anyEnvironment, loadAsWritten, type CallflowAsWritten } from '../../core/callflow/as-written.ts';
import { loadLibrary, type LibrarySources } from '../../core/callflow/library.ts';
import { similar } from '../../core/callflow/similar.ts';
import { DialproofError } from '../../core/errors.ts';
import { digest, invalidFiles, readSources, type LibraryFolders } from '../library-files.ts';
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
  const sources = await readSources(request.folders);
  const read = sources.callflows.map((source) => ({ source, ...loadAsWritten(source) }));
  const named = new Map(read.map((each) => [each.name ?? path.parse(each.source.file).name, each]));
  const name = chosen(request.name, [...named.keys()]);
  const found = named.get(name);
  if (found === undefined || found.written === null) throw invalidFiles(found?.findings ?? [], sources);
  if (request.format === 'script') {
    const written = new Map(read.flatMap((each) => (each.written === null ? [] : [[each.name ?? '', each.written]])));
    return scripts(name, sources, { ...request, written });
  }
  const wordings = wordingsOf(name, request.locale ?? request.defaultLocale, sources);
  if (request.format === 'json') {
    const { jsonOf } = await import('./json.ts');
    return `${JSON.stringify(jsonOf(found.written, wordings), null, 2)}\n`;
  }
  const picture = pictureOf(found.written, { wordings, limits: request.limits });
  switch (request.format) {
    case 'mermaid':
      return (await import('./mermaid.ts')).mermaidOf(picture);
    case 'dot':
      return (await import('./dot.ts')).dotOf(picture);
    case 'svg':
      return (await import('./svg.ts')).svgOf(picture);
  }
}

function chosen(name: string | undefined, names: readonly string[]): string {
  const [only, ...more] = names;
  const list = names.toSorted().join(', ');
  if (name === undefined && only !== undefined && more.length === 0) return only;
  if (name === undefined)
    throw new DialproofError('usage-wrong', `Which callflow? There are: ${list}.`, {
      fix: `Name one, for example: dialproof show ${names.toSorted()[0] ?? 'main'}`,
    });
  if (names.includes(name)) return name;
  const near = similar(name, names);
  throw new DialproofError('usage-wrong', `There is no callflow named "${name}".`, {
    fix: `${near === undefined ? '' : `Did you mean "${near}"? `}There are: ${list}.`,
  });
}

/** The words for a picture; null where there are none yet, or where they cannot be read: the picture goes without. */
function wordingsOf(name: string, locale: string, { prompts }: LibrarySources): Wordings | null {
  const files = ['standard', name].map((callflow) =>
    prompts.find((each) => each.locale === locale && each.callflow === callflow),
  );
  return files.reduce(
    (base: Wordings | null, file) => (file === undefined ? base : (loadWordings(file, base).wordings ?? base)),
    null,
  );
}

async function scripts(
  name: string,
  sources: LibrarySources,
  request: DrawRequest & { readonly written: ReadonlyMap<string, CallflowAsWritten> },
): Promise<string> {
  const { defaultLocale, locale, written } = request;
  const environment = anyEnvironment([...sources.callflows, ...sources.prompts]);
  const { library, findings } = loadLibrary(sources, { environment, defaultLocale, digest });
  const flow = library?.flow(name);
  if (library === null || flow === undefined) throw invalidFiles(findings, sources);
  const spoken = [...new Set([defaultLocale, ...flow.wordings.keys()])];
  if (locale !== undefined && !spoken.includes(locale))
    throw new DialproofError('usage-wrong', `The callflow "${name}" does not speak ${locale}.`, {
      fix: `It speaks: ${spoken.join(', ')}. Another language needs prompts/<locale>/${name}.yaml.`,
    });
  const { scriptOf } = await import('./script.ts');
  const wanted = locale === undefined ? spoken : [locale];
  return wanted.map((each) => scriptOf({ library, flow, locale: each, written })).join('\n\n');
}
