import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { similar } from '../core/callflow/similar.ts';
import { DialproofError } from '../core/errors.ts';
import { exitCodeOf, explain } from './exit-codes.ts';
import { PACKAGE_FOLDER } from './package-folder.ts';

/** The page that explains every code. */
const PAGE = path.join(PACKAGE_FOLDER, 'docs/errors.md');

interface Section {
  readonly code: string;
  readonly text: string;
}

/** `dialproof explain`: what an error or a finding means, by its code. */
export function explainCommand(): Command {
  return new Command('explain')
    .description('say what an error or a finding means, with an example')
    .argument('[code]', 'for example CF201 or store-unavailable; without it, all codes are listed')
    .action(async (code: string | undefined) => {
      try {
        const sections = sectionsOf(await readFile(PAGE, 'utf8'));
        process.stdout.write(code === undefined ? listOf(sections) : plain(found(code, sections)));
      } catch (error) {
        process.stderr.write(`${explain(error)}\n`);
        process.exitCode = exitCodeOf(error);
      }
    });
}

function sectionsOf(page: string): readonly Section[] {
  return page
    .split(/^#{2,3} /m)
    .map((section) => {
      const end = section.indexOf('\n');
      return { code: section.slice(0, end), text: section.slice(end).trim() };
    })
    .filter(({ code }) => /^(?:CF\d{3}|[a-z]+(?:-[a-z]+)+)$/.test(code));
}

function found(wanted: string, sections: readonly Section[]): Section {
  const section = sections.find(({ code }) => code.toLowerCase() === wanted.toLowerCase());
  if (section !== undefined) return section;
  const near = similar(
    wanted,
    sections.map(({ code }) => code),
  );
  throw new DialproofError(
    'usage-wrong',
    `There is no error or finding "${wanted}".${near === undefined ? '' : ` Did you mean "${near}"?`}`,
    { fix: 'npx dialproof explain lists them all.' },
  );
}

/** A section without its marks: links by their words, examples indented. */
function plain({ code, text }: Section): string {
  let inside = false;
  const lines = withoutLinks(text)
    .split('\n')
    .flatMap((line) => {
      if (!line.startsWith('```')) return [inside ? `    ${line}`.trimEnd() : line];
      inside = !inside;
      return [];
    });
  return `${code}\n\n${lines.join('\n')}\n`;
}

/** Each code with the first sentence of its section. */
function listOf(sections: readonly Section[]): string {
  const width = Math.max(...sections.map(({ code }) => code.length));
  return sections
    .map(({ code, text }) => {
      const sentence = /^.*?\.(?=\s)/s.exec(text)?.[0] ?? text;
      return `${code.padEnd(width)}  ${withoutLinks(sentence).replaceAll('\n', ' ')}\n`;
    })
    .join('');
}

function withoutLinks(text: string): string {
  return text.replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1');
}
