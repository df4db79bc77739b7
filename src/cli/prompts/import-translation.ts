import path from 'node:path';
import { loadWordings } from '../../core/call/prompts.ts';
import { formatFinding } from '../../core/callflow/finding.ts';
import { locale } from '../../core/callflow/names.ts';
import type { Project } from '../../core/callflow/project.ts';
import { compareWording } from './compare-wording.ts';
import { withTexts } from './edit-yaml.ts';
import { counterpart, textFiles, type FileText, type TextFile } from './languages.ts';
import { translationInvalid } from './translation-invalid.ts';
import { keyOfUnit, nameOfUnit, type Returned, type ReturnedUnit, type Unit, type UnitName } from './unit.ts';
import { unitsOf } from './units-of.ts';

/** What a translation changes, before anything is written. */
export interface Import {
  readonly locale: string;
  readonly files: readonly ChangedFile[];
  /** What should be looked at; none of it stops the import. */
  readonly warnings: readonly string[];
}

export interface ChangedFile {
  readonly file: string;
  readonly isNew: boolean;
  /** All of the file, as it will be. */
  readonly content: string;
  readonly changes: readonly Change[];
}

export interface Change {
  readonly unit: UnitName;
  /** Empty where there was none. */
  readonly before: string;
  readonly after: string;
}

/**
 * Holds a translation against the project. Texts that are empty or as they are already change nothing, and nothing is
 * ever removed.
 * @throws DialproofError `translation-invalid` with everything that is wrong
 */
export function importTranslation(returned: Returned, project: Project, folder: string): Import {
  const { from, to } = languagesOf(returned, project);
  const known = new Map(unitsOf(project, from, to).units.map((unit) => [keyOfUnit(unit), unit]));
  const pairs = pairsOf(returned.units, known);
  const changed = pairs.filter(({ unit, back }) => back.target !== lineFeeds(unit.target));
  const targets = textFiles(project, to);
  const problems: string[] = [...twice(pairs)];
  const warnings: string[] = [];
  for (const pair of changed) {
    const { unit, back } = pair;
    const { errors, warnings: found } = compareWording({ ...unit, target: back.target }, { from, to });
    const at = `${back.at} (${nameOfUnit(unit)})`;
    const texts = targets.get(unit.callflow)?.texts ?? [];
    problems.push(...errors.map((error) => `${at}: ${error}`));
    warnings.push(...[...found, ...advice(pair, project, texts)].map((warning) => `${at}: ${warning}`));
  }
  if (problems.length > 0) throw translationInvalid(problems);
  const sources = textFiles(project, from);
  const files = [...new Set(changed.map(({ unit }) => unit.callflow))].map((callflow) =>
    changedFile(
      changed.filter(({ unit }) => unit.callflow === callflow),
      {
        target: targets.get(callflow),
        file: targets.get(callflow)?.file ?? path.join(folder, to, `${callflow}.yaml`),
        locale: to,
        order: (sources.get(callflow)?.texts ?? []).map((text) => text.path),
      },
    ),
  );
  return { locale: to, files, warnings };
}

interface Pair {
  /** As the project has it. */
  readonly unit: Unit;
  /** As it came back, with line feeds for line breaks. */
  readonly back: ReturnedUnit;
}

function languagesOf({ from, to }: Returned, project: Project): { readonly from: string; readonly to: string } {
  if (from === '' || to === '')
    throw translationInvalid([`it does not say ${from === '' ? 'from' : 'into'} which language it is translated`]);
  const { defaultLocale } = project;
  if (spelling(from) !== spelling(defaultLocale))
    throw translationInvalid([
      `it is translated from ${from}, and the texts of this project are translated from ${defaultLocale} (DEFAULT_LOCALE)`,
    ]);
  const known = project.prompts.map(({ source }) => source.locale).find((each) => spelling(each) === spelling(to));
  if (known === undefined && !locale.safeParse(to).success)
    throw translationInvalid([`it is translated into "${to}", which is no locale; one is for example es-ES`]);
  return { from: defaultLocale, to: known ?? to };
}

/** Tools write `es_es` for `es-ES`. */
function spelling(locale: string): string {
  return locale.toLowerCase().replaceAll('_', '-');
}

/** The texts that have a translation. */
function pairsOf(units: readonly ReturnedUnit[], known: ReadonlyMap<string, Unit>): readonly Pair[] {
  const strangers = units.filter((unit) => !known.has(keyOfUnit(unit)));
  if (units.length === 0) throw translationInvalid(['there is no text in it']);
  if (strangers.length === units.length)
    throw translationInvalid(['it is for another project: none of its texts is known here']);
  if (strangers.length > 0)
    throw translationInvalid(
      strangers.map((unit) => `${unit.at}: there is no "${nameOfUnit(unit)}" here; was it renamed since the export?`),
    );
  return units.flatMap((back) => {
    const unit = known.get(keyOfUnit(back));
    const target = lineFeeds(back.target);
    return unit === undefined || target.trim() === '' ? [] : [{ unit, back: { ...back, target } }];
  });
}

/** Spreadsheets write line breaks inside a cell as they like. */
function lineFeeds(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}

function twice(pairs: readonly Pair[]): readonly string[] {
  const first = new Map<Unit, ReturnedUnit>();
  return pairs.flatMap(({ unit, back }) => {
    const before = first.get(unit) ?? back;
    first.set(unit, before);
    return before.target === back.target
      ? []
      : [`${back.at} (${nameOfUnit(unit)}): ${before.at} has another text for it`];
  });
}

/** What the translation says may be right, and yet not what callers should hear. */
function advice({ unit, back }: Pair, project: Project, texts: readonly FileText[]): readonly string[] {
  const recording = counterpart(texts, { ...unit, name: unit.prompt })?.audio ?? null;
  const isStale = lineFeeds(back.source) !== lineFeeds(unit.source);
  return [
    ...(isStale ? [`the text in ${project.defaultLocale} has changed since the export`] : []),
    ...(recording === null ? [] : [`the recording "${recording}" still says the old words`]),
  ];
}

interface Place {
  readonly target: TextFile | undefined;
  readonly file: string;
  readonly locale: string;
  /** The paths of the texts in the language that is translated. */
  readonly order: readonly (readonly string[])[];
}

function changedFile(pairs: readonly Pair[], { target, file, locale, order }: Place): ChangedFile {
  const texts = pairs.map(({ unit, back }) => ({ path: pathIn(target?.texts ?? [], unit), text: back.target }));
  const content = withTexts(target?.source ?? `locale: ${locale}\n`, texts, order);
  const { findings } = loadWordings({ file, text: content }, null);
  if (findings.length > 0)
    throw translationInvalid(findings.map((finding) => formatFinding(finding, content).replaceAll('\n', '\n  ')));
  const changes = pairs.map(({ unit, back }) => ({ unit, before: unit.target, after: back.target }));
  return { file, isNew: target === undefined, content, changes };
}

/** Where a language has the text, or where it belongs. */
function pathIn(texts: readonly FileText[], unit: UnitName): readonly string[] {
  const { kind, prompt, variant } = unit;
  const there = counterpart(texts, { kind, name: prompt, variant });
  if (there !== undefined) return there.path;
  if (kind !== 'prompt')
    return [...(kind === 'message' ? ['messages'] : []), prompt, ...(variant === null ? [] : [variant])];
  const asked = texts.some((text) => text.kind === 'prompt' && text.name === prompt) ? ['ask'] : [];
  return ['prompts', prompt, ...(variant === null ? asked : [variant])];
}
