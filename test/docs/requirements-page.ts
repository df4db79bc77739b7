import { existsSync } from 'node:fs';
import type { Requirement } from './requirements.ts';
import type { Title } from './titles.ts';

/** What the page is made of. */
export interface Sources {
  readonly requirements: Readonly<Record<string, Requirement>>;
  /** Ids with blanks between them, by the work that brings them. */
  readonly notBuiltYet: Readonly<Record<string, string>>;
  readonly titles: readonly Title[];
}

const PARTS = {
  G: 'Two-factor authentication MicroApp',
  E: 'Enhanced authentication',
  L: 'OTP nodes',
  D: 'Where the documents are silent',
};

/** docs/requirements.md as it should be. */
export function requirementsPage(sources: Sources): string {
  const parts = Object.entries(PARTS).map(([letter, name]) => {
    const ids = Object.keys(sources.requirements).filter((id) => id.startsWith(letter));
    const rows = ids.map((id) => `| ${id} | ${builtAndProved(id, sources).join(' | ')} |\n`);
    return `## ${letter}: ${name}\n\n| id | rule | built in | proved by |\n|---|---|---|---|\n${rows.join('')}`;
  });
  return `${HEAD}\n${parts.join('\n')}`;
}

const HEAD = `# Requirements

Every rule of the three reference documents, and everything that we decided where they are silent (D): in a few words, where it is built,
and the tests that prove it. A test that proves a rule carries its id in its title. \`npm run docs:requirements\` writes this page from
the titles and [test/docs/requirements.ts](../test/docs/requirements.ts), and a test fails while it is not what would be written.
`;

function builtAndProved(id: string, sources: Sources): readonly string[] {
  const { rule = '', built = [], reason } = sources.requirements[id] ?? {};
  const proofs = proofsOf(id, sources.titles).map(({ file, ...title }) => link(inWords(title), file));
  const work = Object.keys(sources.notBuiltYet).find((each) => waiting(sources, each).includes(id));
  return [
    rule,
    built.map((file) => link(`\`${file}\``, file)).join('<br>'),
    work !== undefined ? `*not built yet: ${work}*` : (reason ?? [...new Set(proofs)].join('<br>')),
  ];
}

/** The ids that wait for one work, or for any. */
function waiting({ notBuiltYet }: Sources, work?: string): readonly string[] {
  return Object.entries(notBuiltYet).flatMap(([each, ids]) => (each === (work ?? each) ? ids.split(' ') : []));
}

function proofsOf(id: string, titles: readonly Title[]): readonly Title[] {
  return titles.filter(({ rules }) => rules.includes(id));
}

const IDS = String.raw`[GELD]\d+(?:(?:, | and | )[GELD]\d+)*`;

const NAMED = new RegExp(String.raw`^${IDS}[:,]? |(?<= )${IDS}: | \(${IDS}\)`, 'g');

/** A title and the groups around it, without ids. */
function inWords({ within, text }: Pick<Title, 'within' | 'text'>): string {
  return [...within, text]
    .map((each) => each.replaceAll(NAMED, ''))
    .join(': ')
    .replaceAll(/\s+/g, ' ');
}

function link(text: string, file: string): string {
  return `[${text.replaceAll(/[[\]|*<]/g, String.raw`\$&`)}](../${file})`;
}

/** Everything in which titles and data do not fit together, one sentence each. */
export function mistakes(sources: Sources): readonly string[] {
  return [
    ...Object.entries(sources.requirements).flatMap(([id, requirement]) => mistakesIn(id, requirement, sources)),
    ...waiting(sources)
      .filter((id) => sources.requirements[id] === undefined)
      .map((id) => `${id} is not built yet, and no rule.`),
    ...sources.titles.flatMap((title) => mistakesInTitle(title, sources)),
  ];
}

function mistakesIn(id: string, { built = [], reason }: Requirement, sources: Sources): string[] {
  const proofs = proofsOf(id, sources.titles);
  const waits = waiting(sources).includes(id);
  const proved = proofs.length > 0 ? `although "${proofs[0]?.text}" proves it` : null;
  return [
    ...(reason === undefined && !waits && proved === null ? [`${id} has neither a test nor a reason.`] : []),
    ...(reason !== undefined && proved !== null ? [`${id} has a reason, ${proved}.`] : []),
    ...(waits && proved !== null ? [`${id} is not built yet, ${proved}: take it out of NOT_BUILT_YET.`] : []),
    ...(waits && (reason ?? built[0]) !== undefined
      ? [`${id} is not built yet, and yet has a place or a reason.`]
      : []),
    ...(proved !== null && built.length === 0 ? [`${id} has tests, and is built nowhere.`] : []),
    ...built.filter((file) => !existsSync(file)).map((file) => `${id} is built in ${file}, which does not exist.`),
  ];
}

function mistakesInTitle({ file, text, rules }: Title, { requirements }: Sources): string[] {
  const unknown = rules.filter((id) => requirements[id] === undefined);
  return [
    ...unknown.map((id) => `${file}: "${text}" names ${id}, which is no rule.`),
    ...(/[GELD]\d+\s*(?:-|–|to)\s*[GELD]?\d+/.test(text) ? [`${file}: "${text}" names a range; name each rule.`] : []),
  ];
}
