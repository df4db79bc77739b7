import { counted } from '../counted.ts';
import type { PromptsContext } from '../prompts.ts';
import { languageReport, type LanguageReport } from './missing-texts.ts';
import { checkedLocale, localesOf } from './prompt-project.ts';
import { nameInFile } from './unit.ts';

/** Prints what every language lacks; 1 when one lacks a text. */
export function printMissing(
  { project, stdout }: PromptsContext,
  flags: { readonly locale?: string; readonly json?: boolean },
): number {
  const locales = flags.locale === undefined ? localesOf(project) : [checkedLocale(flags.locale)];
  const reports = locales.map((locale) => languageReport(project, locale));
  const { defaultLocale } = project;
  if (flags.json === true) stdout.write(`${JSON.stringify({ defaultLocale, locales: reports }, null, 2)}\n`);
  else stdout.write(reports.map((report) => `${linesOf(report, defaultLocale).join('\n')}\n`).join('\n'));
  return reports.some(({ missing }) => missing.length > 0) ? 1 : 0;
}

function linesOf({ locale, missing, unspoken, unused }: LanguageReport, defaultLocale: string): readonly string[] {
  const head = missing.length === 0 ? 'nothing is missing' : `${counted(missing.length, 'text')} missing`;
  return [
    `${locale}${locale === defaultLocale ? ' (default)' : ''}: ${head}`,
    ...[...new Set(missing.map(({ callflow }) => callflow))].flatMap((callflow) => [
      `  prompts/${locale}/${callflow}.yaml lacks:`,
      ...missing.filter((unit) => unit.callflow === callflow).map((unit) => `    ${nameInFile(unit)}`),
    ]),
    ...(unspoken.length === 0
      ? []
      : [
          `  not spoken by ${unspoken.join(', ')}: callers of ${unspoken.length === 1 ? 'it' : 'these'} hear ${defaultLocale}`,
        ]),
    ...unused.map((unit) =>
      unit.prompt === ''
        ? `  unused: all of prompts/${locale}/${unit.callflow}.yaml, since there is no callflow "${unit.callflow}"`
        : `  unused: ${nameInFile(unit)} in prompts/${locale}/${unit.callflow}.yaml`,
    ),
  ];
}
