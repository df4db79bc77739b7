import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesIn } from '../../../src/cli/prompts/compare-wording.ts';
import { readCsv, writeCsv } from '../../../src/cli/prompts/csv.ts';
import { importTranslation } from '../../../src/cli/prompts/import-translation.ts';
import { unitsOf } from '../../../src/cli/prompts/units-of.ts';
import type { Returned, Translation } from '../../../src/cli/prompts/unit.ts';
import { readXliff, writeXliff } from '../../../src/cli/prompts/xliff.ts';
import { readWording } from '../../../src/core/call/wording.ts';
import { readProject, type Project } from '../../../src/core/callflow/project.ts';
import { anyText } from './any-text.ts';

const CALLFLOW =
  'callflow: line\nstart: hello\nexits: { bye: { say: bye, hang-up: true } }\nblocks:\n  hello: { say: hello, next: bye }\n';

interface Texts {
  readonly hello: string;
  readonly ask: string;
  readonly sms: string;
}

/** A prompt file with these texts, in three places of different shape. */
const file = (locale: string, { hello, ask, sms }: Texts): string =>
  `# ${locale}\nlocale: ${locale}\nprompts:\n  hello: ${JSON.stringify(hello)}   # first\n  bye: { ask: ${JSON.stringify(ask)} }\nmessages:\n  sms: ${JSON.stringify(sms)}\n`;

/** A project of one callflow, by language. */
function projectOf(files: Readonly<Record<string, string>>): Project {
  const prompts = Object.entries(files).map(([locale, text]) => ({
    file: `prompts/${locale}/line.yaml`,
    text,
    locale,
    callflow: 'line',
  }));
  const { project, findings } = readProject(
    { callflows: [{ file: 'callflows/line.yaml', text: CALLFLOW }], prompts },
    { environment: {}, defaultLocale: 'en-US' },
  );
  expect(findings).toEqual([]);
  return project;
}

/** Texts that a prompt may be: readable as MessageFormat, without variables. */
const wording = anyText.filter((text) => {
  try {
    return text.trim() !== '' && namesIn(readWording(text, 'en-US')).length === 0;
  } catch {
    return false;
  }
});

const texts = fc.record({ hello: wording, ask: wording, sms: wording });

const FORMATS: Readonly<Record<string, (translation: Translation) => Returned>> = {
  csv: (translation) => readCsv(writeCsv(translation)),
  xliff: (translation) => readXliff(writeXliff(translation)),
};
const lineFeeds = (text: string): string => text.replaceAll(/\r\n?/g, '\n');

/** Each run reads several projects. */
const RUNS = { numRuns: 40 };

describe.each(Object.entries(FORMATS))('%s, whatever the texts', (_format, thereAndBack) => {
  it('taken over as it was exported changes no file', () => {
    fc.assert(
      fc.property(texts, texts, (english, spanish) => {
        const project = projectOf({ 'en-US': file('en-US', english), 'es-ES': file('es-ES', spanish) });
        const { files, warnings } = importTranslation(
          thereAndBack(unitsOf(project, 'en-US', 'es-ES')),
          project,
          'prompts',
        );
        expect({ files, warnings }).toEqual({ files: [], warnings: [] });
      }),
      RUNS,
    );
  });

  it('translated, the texts of the file are those that came back, and its comments are still there', () => {
    fc.assert(
      fc.property(texts, texts, texts, (english, spanish, better) => {
        const project = projectOf({ 'en-US': file('en-US', english), 'es-ES': file('es-ES', spanish) });
        const translators = projectOf({ 'en-US': file('en-US', english), 'es-ES': file('es-ES', better) });
        const { files } = importTranslation(thereAndBack(unitsOf(translators, 'en-US', 'es-ES')), project, 'prompts');
        const text = files[0]?.content ?? file('es-ES', spanish);
        const after = unitsOf(projectOf({ 'en-US': file('en-US', english), 'es-ES': text }), 'en-US', 'es-ES');
        expect(after.units.map(({ target }) => lineFeeds(target))).toEqual(
          [better.hello, better.ask, better.sms].map(lineFeeds),
        );
        expect(text).toMatch(/^# es-ES\nlocale: es-ES\n[^]*# first\n/);
      }),
      RUNS,
    );
  });

  it('into a new language makes its file, with the same texts', () => {
    fc.assert(
      fc.property(texts, texts, (english, french) => {
        const project = projectOf({ 'en-US': file('en-US', english) });
        const translators = projectOf({ 'en-US': file('en-US', english), 'fr-FR': file('fr-FR', french) });
        const { files } = importTranslation(thereAndBack(unitsOf(translators, 'en-US', 'fr-FR')), project, 'prompts');
        expect(files.map(({ file: name, isNew }) => [name, isNew])).toEqual([['prompts/fr-FR/line.yaml', true]]);
        const after = unitsOf(
          projectOf({ 'en-US': file('en-US', english), 'fr-FR': files[0]?.content ?? '' }),
          'en-US',
          'fr-FR',
        );
        expect(after.units.map(({ target }) => target)).toEqual([french.hello, french.ask, french.sms].map(lineFeeds));
      }),
      RUNS,
    );
  });
});
