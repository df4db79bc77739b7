import { describe, expect, it } from 'vitest';
import type { LibrarySources } from '../../../src/core/callflow/library.ts';
import { formatFinding } from '../../../src/core/callflow/finding.ts';
import { VERBS } from '../../../src/core/blocks/index.ts';
import { hasPrompt, STANDARD_PROMPTS } from '../../../src/core/call/prompts.ts';
import { load, LOCALES, shippedLibrary, shippedSources } from '../support.ts';

const shipped = shippedSources();

/** The shipped files with one of them changed. */
function edited(file: string, from: string | RegExp, to: string): LibrarySources {
  const edit = <S extends { readonly file: string; readonly text: string }>(source: S): S => {
    if (source.file !== file) return source;
    const text = source.text.replace(from, to);
    if (text === source.text) throw new Error(`${file} does not hold ${String(from)}`);
    return { ...source, text };
  };
  return { callflows: shipped.callflows.map(edit), prompts: shipped.prompts.map(edit) };
}

function findings(sources: LibrarySources): string {
  const texts = new Map([...sources.callflows, ...sources.prompts].map(({ file, text }) => [file, text]));
  const { library, findings: found } = load(sources);
  expect(library === null).toBe(found.length > 0);
  return found.map((finding) => formatFinding(finding, texts.get(finding.at.file))).join('\n');
}

describe('the shipped callflows', () => {
  const library = shippedLibrary();

  it('have no findings', () => {
    expect(findings(shipped)).toBe('');
    expect(library.flows.map((flow) => flow.callflow.name)).toEqual(['main', 'two-factor']);
  });

  it.each(LOCALES.flatMap((locale) => library.flows.map((flow) => [flow.callflow.name, locale, flow] as const)))(
    '%s is worded in %s, all of it',
    (_name, locale, flow) => {
      const wordings = flow.wordings.get(locale);
      if (wordings === undefined) throw new Error('no wordings');
      const named = [
        ...[...flow.callflow.blocks.values()].flatMap((block) => VERBS.get(block.verb)?.prompts?.(block.body) ?? []),
        ...Object.values(flow.callflow.exits).flatMap((exit) => exit.say ?? []),
        ...STANDARD_PROMPTS,
      ];
      expect(named.filter((prompt) => !hasPrompt(wordings, prompt))).toEqual([]);
      expect(wordings.locale).toBe(locale);
    },
  );
});

describe('what one mistake in one file is told as: one finding', () => {
  it('a link to a callflow that does not exist', () => {
    expect(findings(edited('callflows/main.yaml', 'link: two-factor', 'link: twofactor'))).toMatchInlineSnapshot(`
      "callflows/main.yaml:35:11  error CF205  There is no callflow named "twofactor". Did you mean "two-factor"?
        34 |   identify:                     # a caller who is verified already is let through (skip)
        35 |     link: twofactor
           |           ^^^^^^^^^
        Known: main, two-factor."
    `);
  });

  it('a link that wires an exit which the callflow does not have', () => {
    expect(findings(edited('callflows/main.yaml', 'agent: agent, error', 'agnet: agent, error')))
      .toMatchInlineSnapshot(`
        "callflows/main.yaml:37:32  error CF206  "two-factor" has no exit named "agnet". Did you mean "agent"?
          36 |     with: [AccountNumber]
          37 |     paths: { success: balance, agnet: agent, error: error }
             |                                ^^^^^
          Its exits: agent, error, success."
      `);
  });

  it('G55 D14: a link that leaves a return open', () => {
    expect(findings(edited('callflows/main.yaml', 'success: balance, agent', 'agent'))).toMatchInlineSnapshot(`
      "callflows/main.yaml:35:11  error CF207  "two-factor" can come back by its exit "success", and this link does not say where that leads.
        34 |   identify:                     # a caller who is verified already is let through (skip)
        35 |     link: two-factor
           |           ^^^^^^^^^^
        Add it to the paths: success: <block or exit>."
    `);
  });

  it('a callflow that cannot be read: those that link to it are not blamed', () => {
    expect(findings(edited('callflows/two-factor.yaml', 'spacing: 20s', 'spacing: 20'))).toMatchInlineSnapshot(`
      "callflows/two-factor.yaml:27:12  error CF102  20 has no unit.
        26 |     locked:            { then: agent }          # the account's own lock
        27 |   spacing: 20
           |            ^^
        Write 20s for 20 seconds (ms, s, m, h)."
    `);
    expect(findings(edited('callflows/two-factor.yaml', 'title: ', 'title ')).split('CF')).toHaveLength(2);
  });

  it('two files of one name', () => {
    const twin = { file: 'callflows/copy.yaml', text: shipped.callflows[0]?.text ?? '' };
    expect(findings({ ...shipped, callflows: [...shipped.callflows, twin] })).toMatchInlineSnapshot(`
      "callflows/copy.yaml:1:1  error CF208  Two files are the callflow "main": this one and callflows/main.yaml.
        1 | # yaml-language-server: $schema=../schema/callflow.schema.json
          | ^
        Give one of them another name in its first line."
    `);
  });

  it('a prompt without wording', () => {
    expect(findings(edited('prompts/es-ES/two-factor.yaml', 'greeting:', 'greetings:'))).toMatchInlineSnapshot(`
      "callflows/two-factor.yaml:58:10  error CF302  The prompt "greeting" has no wording in es-ES. Did you mean "greetings"?
        57 |   greet:
        58 |     say: greeting
           |          ^^^^^^^^
        Add "greeting:" under \`prompts:\` in prompts/es-ES/two-factor.yaml."
    `);
  });

  it('a menu option without wording, which the caller would hear as the name of a block', () => {
    expect(findings(edited('prompts/es-ES/two-factor.yaml', 'more-time:', 'more-tme:'))).toMatchInlineSnapshot(`
      "prompts/es-ES/two-factor.yaml:31:5  error CF308  The text "more-tme" of the prompt "more-options" is never spoken. Did you mean "more-time"?
        30 |     again: "Le repetimos las opciones."
        31 |     more-tme: "Para tener más tiempo"
           |     ^^^^^^^^
        Texts of this prompt that may be spoken: ask, again, help, more-time, send, choose-method."
    `);
  });

  it('nothing, when a callflow has no prompt file in a language that others have: it speaks the default one there', () => {
    const prompts = shipped.prompts.filter((each) => each.file !== 'prompts/es-ES/main.yaml');
    expect(findings({ ...shipped, prompts })).toBe('');
  });

  it('a callflow without any wording in the default language', () => {
    const prompts = shipped.prompts.filter((each) => each.file !== 'prompts/en-US/main.yaml');
    expect(findings({ ...shipped, prompts }).match(/The prompt "[\w-]+" has no wording in en-US/g)).toEqual([
      'The prompt "account-number" has no wording in en-US',
      'The prompt "balance" has no wording in en-US',
      'The prompt "no-balance" has no wording in en-US',
      'The prompt "anything-else" has no wording in en-US',
    ]);
  });

  it('a message without wording', () => {
    expect(findings(edited('prompts/en-US/two-factor.yaml', '  sms: "{code} is', '  text: "{code} is')))
      .toMatchInlineSnapshot(`
        "callflows/two-factor.yaml:12:12  error CF303  The sms message that carries the code has no wording in en-US.
          11 |   customer-phone-variable: CustomerPhone        # "Variable Name for Customer Phone Number"
          12 |   methods: [email, sms, voice, authenticator]   # the order callers hear them in, of those the service lists for…
             |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          Add "sms:" under \`messages:\` in prompts/en-US/two-factor.yaml."
      `);
  });

  it('a message whose name is mistyped', () => {
    expect(findings(edited('prompts/en-US/two-factor.yaml', '  sms: "{code} is', '  mms: "{code} is')))
      .toMatchInlineSnapshot(`
        "prompts/en-US/two-factor.yaml:44:3  error CF307  Nothing sends the message "mms". Did you mean "sms"?
          43 |     We will never call you and ask for this code. If you did not call us, please tell us.
          44 |   mms: "{code} is your security code. It works for {minutes, plural, one {# minute} other {# minutes}}. We never…
             |   ^^^
          Call it sms, or delete it."
      `);
  });

  it('a wording that cannot be read', () => {
    expect(findings(edited('prompts/en-US/two-factor.yaml', '<spell>{first}</spell>, at', '<b>{first}</b>, at')))
      .toMatchInlineSnapshot(`
        "prompts/en-US/two-factor.yaml:8:84  error CF301  This wording cannot be read: the tag <b> is not known.
          7 |     again: "How would you like to get your code?"
          8 |     email: "For an email{known, select, no {} other { to the address starting with <b>{first}</b>, at {domain}}}"
            |                                                                                    ^^^
          The tags are <digits> <pause> <slow> <spell>."
      `);
  });

  it('a prompt file with a locale that is none', () => {
    expect(findings(edited('prompts/en-US/main.yaml', 'en-US', 'english'))).toMatchInlineSnapshot(`
      "prompts/en-US/main.yaml:2:9  error CF102  "english" is not possible here.
        1 | # yaml-language-server: $schema=../../schema/prompts.schema.json
        2 | locale: english
          |         ^^^^^^^
        A locale is a language with an optional region, for example en-US."
    `);
  });

  it('a standard prompt that is missing: told once, not for each callflow', () => {
    expect(findings(edited('prompts/en-US/standard.yaml', '  goodbye:', '  farewell:'))).toMatchInlineSnapshot(`
      "prompts/en-US/standard.yaml:1:1  error CF304  The standard prompt "goodbye" has no wording in en-US.
        1 | # yaml-language-server: $schema=../../schema/prompts.schema.json
          | ^
        Add "goodbye:" under \`prompts:\` in this file."
    `);
  });

  it('standard prompts that cannot be read', () => {
    expect(findings(edited('prompts/es-ES/standard.yaml', '{option}, pulse', '{option, pulse'))).toMatchInlineSnapshot(`
      "prompts/es-ES/standard.yaml:5:22  error CF301  This wording cannot be read: "pulse" is no kind of value.
        4 | voice: Polly.Lucia
        5 | menu-item: "{option, pulse {key}."
          |                      ^^^^^
        Write {option} if that is all; after a comma comes number, plural or select: {left, plural, one {# try} other {# tries}}."
    `);
  });

  it('a language without standard prompts', () => {
    const prompts = shipped.prompts.filter((each) => each.file !== 'prompts/es-ES/standard.yaml');
    expect(findings({ ...shipped, prompts })).toMatchInlineSnapshot(`
      "prompts/es-ES/standard.yaml:1:1  error CF304  There are no standard prompts in es-ES.
        Add prompts/es-ES/standard.yaml, or set DEFAULT_LOCALE to a language that has one."
    `);
  });
});
