import { describe, expect, it } from 'vitest';
import { PAGE_TEXTS } from '../../../../src/core/sign-in/page-texts.ts';
import { shippedFile } from '../../support.ts';
import { found, prompts, type Files } from './overlay.ts';

const WEB: Files = {
  'callflows/tiny.yaml': `callflow: tiny
start: number
sign-in: {}
inputs: [User]
account: User
exits: { error: { hang-up: true } }
blocks:
  number: { collect: number, digits: 4, save-as: Number, next: error }
`,
};
const NUMBER = '  number: "Your number?"';

const STANDARD: Files = {
  'prompts/de-DE/standard.yaml': shippedFile('prompts/en-US/standard.yaml').text.replace('en-US', 'de-DE'),
};

function about(files: Files, code: string): readonly string[] {
  return found(files).filter((each) => each.includes(` ${code} `) && each.includes('page'));
}

describe("prompts with a page's own words", () => {
  it('are used by the pages of a web sign-in, and may name what these know', () => {
    const texts = prompts(`${NUMBER}\n  page-title: "Is it you?"\n  page-digits: "{digits} digits"`);
    expect(found({ ...WEB, ...texts }).filter((each) => each.includes('prompts/'))).toEqual([]);
  });

  it('are known by their names', () => {
    const texts = prompts(`${NUMBER}\n  page-titel: "Is it you?"`);
    expect(about({ ...WEB, ...texts }, 'CF307')).toEqual([
      'prompts/en-US/tiny.yaml:4:3 warning CF307 Nothing says the prompt "page-titel". Did you mean "page-title"?',
    ]);
  });

  it('name nothing else', () => {
    const texts = prompts(`${NUMBER}\n  page-title: "Is it you, {User}?"`);
    expect(found({ ...WEB, ...texts }).join()).toContain('prompts/en-US/tiny.yaml:4:27');
  });

  it('are no use on the telephone', () => {
    const { 'callflows/tiny.yaml': yaml = '' } = WEB;
    const telephone = { 'callflows/tiny.yaml': yaml.replace('sign-in: {}\n', '') };
    const texts = prompts(`${NUMBER}\n  page-title: "Is it you?"`);
    expect(about({ ...telephone, ...texts }, 'CF307')).toHaveLength(1);
  });

  it('are asked for in a language that Dialproof does not speak', () => {
    const german = prompts(`${NUMBER}\n  page-title: "Sind Sie es?"`, 'de-DE');
    const [finding = ''] = about({ ...WEB, ...STANDARD, ...prompts(NUMBER), ...german }, 'CF302');
    expect(finding).toContain('callflows/tiny.yaml:3:1 warning CF302 Pages in de-DE have English words: page-code, ');
    const all = PAGE_TEXTS.map((name) => `  ${name}: "x"`).join('\n');
    expect(
      about({ ...WEB, ...STANDARD, ...prompts(NUMBER), ...prompts(`${NUMBER}\n${all}`, 'de-DE') }, 'CF302'),
    ).toEqual([]);
  });
});
