import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { AudioFile } from '../../src/core/callflow/audio-file.ts';
import { formatFinding, type Finding } from '../../src/core/callflow/finding.ts';
import { loadLibrary, type LoadedLibrary } from '../../src/core/callflow/library.ts';
import type { Source } from '../../src/core/callflow/load.ts';
import { checkScenarios } from '../../src/core/scenario/check-scenarios.ts';
import { loadScenarios } from '../../src/core/scenario/load-scenarios.ts';
import { ENVIRONMENT } from '../core/support.ts';
import type { Fence } from './markdown.ts';

/** Where an example stands as a whole file: its first line says so, as in `# callflows/parcel.yaml`. */
export function fileOf({ language, text }: Fence): string | null {
  if (language !== 'yaml') return null;
  return /^# ((?:callflows|prompts\/[^/\s]+|test\/calls)\/[a-z0-9-]+\.yaml)\n/.exec(text)?.[1] ?? null;
}

/** Files by their path: those that come with Dialproof, and over them those that a page shows. */
export function filesWith(examples: readonly Fence[]): ReadonlyMap<string, string> {
  const shipped = ['callflows', ...readdirSync('prompts').map((locale) => path.posix.join('prompts', locale))].flatMap(
    (folder) => readdirSync(folder).map((name) => path.posix.join(folder, name)),
  );
  const shown = examples.flatMap((example) => {
    const file = fileOf(example);
    return file === null ? [] : [[file, example.text] as const];
  });
  return new Map([...shipped.map((file) => [file, readFileSync(file, 'utf8')] as const), ...shown]);
}

/** The recordings that a page speaks of, as in `` `prompts/en-US/audio/hello.wav` (WAV, 12,044 bytes) ``. */
export function audioIn(text: string): readonly AudioFile[] {
  const files = text.matchAll(/`(prompts\/([\w-]+)\/audio\/([\w.-]+))` \(([\w ]+), ([\d,]+) bytes\)/g);
  return [...files].map(([, file = '', locale = '', name = '', kind = '', size = '']) => ({
    file,
    locale,
    name,
    size: Number(size.replaceAll(',', '')),
    digest: 'd1',
    kind: kind === 'WAV' ? 'wav' : kind === 'MP3' ? 'mp3' : null,
  }));
}

/** What the loader finds wrong with these files, and as the server prints it. */
export function check(
  files: ReadonlyMap<string, string>,
  defaultLocale = 'en-US',
  audio: readonly AudioFile[] = [],
): { readonly library: LoadedLibrary | null; readonly findings: readonly Finding[]; readonly printed: string } {
  const sources = [...files].map(([file, text]) => ({ file, text }));
  const { library, findings: found } = loadLibrary(
    {
      callflows: sources.filter(({ file }) => file.startsWith('callflows/')),
      prompts: sources.flatMap((source) => {
        const [, locale, callflow] = /^prompts\/([^/]+)\/(.+)\.yaml$/.exec(source.file) ?? [];
        return locale === undefined || callflow === undefined ? [] : [{ ...source, locale, callflow }];
      }),
      audio,
    },
    { environment: ENVIRONMENT, defaultLocale, digest: (texts) => texts.join('\u0000') },
  );
  const scenarios = sources
    .filter(({ file }) => file.startsWith('test/calls/'))
    .flatMap((source) => scenarioFindings(source, library));
  const findings = [...found, ...scenarios];
  return {
    library,
    findings,
    printed: findings.map((each) => `${formatFinding(each, files.get(each.at.file))}\n`).join('\n'),
  };
}

function scenarioFindings(source: Source, library: LoadedLibrary | null): readonly Finding[] {
  const { scenarios, findings } = loadScenarios(source);
  return scenarios === null || library === null ? findings : checkScenarios(scenarios, library);
}
