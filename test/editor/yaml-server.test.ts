import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { VERBS } from '../../src/core/blocks/index.ts';
import { Editor, type Association, type Draft } from './editor.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ASSOCIATIONS: readonly Association[] = ['modeline', 'settings'];

/** Every shipped file, in the folder that it belongs to. */
const SHIPPED: readonly (readonly [file: string, folder: Draft['folder']])[] = [
  ...readdirSync('callflows').map((name) => [`callflows/${name}`, 'callflows'] as const),
  ...readdirSync('prompts').flatMap((locale) =>
    readdirSync(`prompts/${locale}`).map((name) => [`prompts/${locale}/${name}`, 'prompts/en-US'] as const),
  ),
  ...readdirSync('test/calls').map((name) => [`test/calls/${name}`, 'test/calls'] as const),
];

describe.each(ASSOCIATIONS)('a file whose schema an editor knows by its %s', (association) => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await Editor.open(association);
  });
  afterAll(() => editor.close());

  it.each(SHIPPED)('%s: nothing is underlined, and a key too many is', async (file, folder) => {
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^# yaml-language-server: \$schema=(?:\.\.\/)+schema\/\w+\.schema\.json\n/);
    // The editor's own drafts say their schema by themselves, or leave it to the settings.
    const rest = text.slice(text.indexOf('\n') + 1);
    expect(await editor.underlines({ folder, text: rest })).toEqual([]);
    expect(await editor.underlines({ folder, text: `${rest}\nnot-a-key: 1\n` })).toEqual([
      'not-a-key · Property not-a-key is not allowed.',
    ]);
  });

  it('a block is completed', async () => {
    const offers = await editor.offers(block('    menu: a\n    ▮\n'));
    expect(offers.map(({ label }) => label)).toContain('wrong-keys');
  });
});

/** A callflow whose block "hello" is written like this. */
function block(lines: string): Draft {
  return { folder: 'callflows', text: `callflow: tiny\nstart: hello\nblocks:\n  hello:\n${lines}` };
}

function settings(lines: string): Draft {
  return { folder: 'callflows', text: `callflow: tiny\nstart: hello\nblocks: {}\nsettings:\n${lines}` };
}

function scenario(steps: string): Draft {
  return {
    folder: 'test/calls',
    text: `callflow: tiny\nscenarios:\n  - name: One call\n    ends: success\n    call:\n${steps}`,
  };
}

const ONE_VERB = `A block has exactly one verb: ${[...VERBS.keys()].join(', ')}.`;
const ONE_THING =
  'An exit does one thing: `returns: name`, `dial: "${AGENT_NUMBER}"`, `queue: name`, `redirect: "https://..."`, `studio-return: "https://..."` or `hang-up: true`, each with an optional `say`.';

describe('an editor', () => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await Editor.open('settings');
  });
  afterAll(() => editor.close());

  /** What is offered, by label; the skeleton of all keys that are missing stands under the name of the whole. */
  const labels = async (draft: Draft): Promise<readonly string[]> => [
    ...new Set((await editor.offers(draft)).map(({ label }) => label)),
  ];

  describe('offers', () => {
    it.each([...VERBS.values()].map((verb) => [verb.name, verb] as const))(
      'in a block with %s exactly its keys',
      async (name, { schema, outcomes }) => {
        const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
        // Paths by outcome names are another form of the same block.
        const all = new Set([...Object.keys(properties), ...(outcomes === undefined ? [] : ['paths'])]);
        const keys = [...all].filter((key) => key !== name);
        // All that are missing at once stand under the name of the verb.
        const needed = required.filter((key) => key !== 'next' || outcomes === undefined);
        const expected = [...keys, ...(needed.length > 1 ? [name] : [])].toSorted();
        expect((await labels(block(`    ${name}: a\n    ▮\n`))).toSorted()).toEqual(expected);
        const between = block(`    ${name}: a\n    ▮\n  other: { say: a, next: b }\n`);
        expect((await labels(between)).toSorted()).toEqual(expected);
      },
    );

    it.each([
      ['at the end of the file', '    ▮\n'],
      ['before another block', '    ▮\n  other: { say: a, next: b }\n'],
      ['after its first letters', '    co▮\n  other: { say: a, next: b }\n'],
    ])('in an empty block every verb, whole: %s', async (_where, lines) => {
      const offers = await editor.offers(block(lines));
      expect(offers.map(({ label }) => label)).toEqual([...VERBS.keys()]);
      expect(offers.find(({ label }) => label === 'collect')).toMatchObject({
        insertText: 'collect: ${1:account-number}\ndigits: ${2:4-12}\nsave-as: ${3:AccountNumber}\nnext: ${4:identify}',
        documentation: 'Collects digits into a variable.',
      });
      expect(offers.find(({ label }) => label === 'menu')?.insertText).toBe(
        'menu: ${1:more-options}\nkeys:\n  1: ${2:more-time}\n  2: ${3:send}\n  3: ${4:choose-method}',
      );
    });

    it.each([...VERBS.keys()])('a block with %s that has no mistakes, once it is taken as it stands', async (verb) => {
      const offer = (await editor.offers(block('    ▮\n'))).find(({ label }) => label === verb);
      const taken = (offer?.insertText ?? '').replaceAll(/\$\{\d+:([^}]*)\}/g, '$1').replaceAll(/^/gm, '    ');
      expect(await editor.underlines(block(`${taken}\n`))).toEqual([]);
    });

    it.each<[what: string, draft: Draft, labels: readonly string[]]>([
      [
        'the parts of a file',
        { folder: 'callflows', text: 'callflow: tiny\n▮\n' },
        ['account', 'blocks', 'exits', 'use'],
      ],
      ['the settings', settings('  ▮\n'), ['code', 'limits', 'messages', 'methods', 'no-method', 'skip', 'spacing']],
      ['settings inside a setting', settings('  code:\n    ▮\n'), ['authenticator-name', 'digits', 'lasts', 'made-by']],
      ['the words of a setting', settings('  skip: ▮\n'), ['already-verified', 'never']],
      ['the methods', settings('  methods:\n    - ▮\n'), ['authenticator', 'email', 'sms', 'voice']],
      ['the methods in one line', settings('  methods: [▮]\n'), ['authenticator', 'email', 'sms', 'voice']],
      ['a default and an example of a duration', settings('  code:\n    lasts: ▮\n'), ['5m', '90s']],
      ['how many digits', block('    collect: a\n    digits: ▮\n'), ['4-12', '6', 'code']],
      ['the one value that there is', block('    send-code: ▮\n'), ['chosen']],
      ['the keys of a telephone', block('    menu: a\n    keys:\n      ▮\n'), ['0', '1', '9', 'hash', 'star']],
      ['the paths of a send', block('    send-code: chosen\n    paths:\n      ▮\n'), ['failed', 'rejected', 'sent']],
      [
        'what an exit does',
        { folder: 'callflows', text: 'callflow: tiny\nstart: a\nblocks: {}\nexits:\n  bye:\n    ▮\n' },
        ['dial', 'hang-up', 'returns', 'say'],
      ],
      ['a recording', { folder: 'prompts/en-US', text: 'prompts:\n  hello:\n    text: a\n    ▮\n' }, ['audio']],
      [
        'the texts of a prompt',
        { folder: 'prompts/en-US', text: 'prompts:\n  hello:\n    ▮\n' },
        ['again', 'ask', 'help', 'sms'],
      ],
      [
        'the parts of a prompt file',
        { folder: 'prompts/en-US', text: 'locale: en-US\n▮\n' },
        ['messages', 'prompts', 'voice'],
      ],
      [
        'the steps of a scenario',
        scenario('      - ▮\n'),
        ['gets', 'hangs-up', 'hears', 'later', 'press', 'redials', 'repeat', 'silent'],
      ],
      ['what is pressed', scenario('      - press: ▮\n'), ['code', 'hash', 'old-code', 'star', 'wrong-code']],
      ['what a step says besides', scenario('      - hears: a\n        ▮\n'), ['exactly', 'wording']],
      [
        'the parts of a scenario',
        { folder: 'test/calls', text: 'callflow: a\nscenarios:\n  - name: b\n    ▮\n' },
        ['call', 'count', 'ends', 'examples', 'given'],
      ],
    ])('%s', async (_what, draft, expected) => {
      expect(await labels(draft)).toEqual(expect.arrayContaining([...expected]));
    });

    it('only the words of a setting, and nothing that is there already', async () => {
      expect(await labels(settings('  skip: ▮\n'))).toEqual(['already-verified', 'never']);
      expect(await labels(settings('  wait: 8s\n  ▮\n'))).not.toContain('wait');
      expect(await labels(block('    menu: a\n    keys: { 1: hello }\n    ▮\n'))).not.toContain('keys');
    });
  });

  describe('tells', () => {
    it('G65: what a setting is called in the reference document, its meaning, default, bounds and unit', async () => {
      expect(await editor.tells(settings('  code:\n    la▮sts: 5m\n'))).toMatchInlineSnapshot(`
        "#### code

        "Internal Code Expiration Time (minutes)"

        How long a code works: time to receive and to enter it. Over 10m only with ALLOW\\_NONCONFORMANT. External codes without it last as their own system says.

        Default: 5m. Possible: 30s to 1h, with its unit (ms, s, m, h).

        Example:

        \`\`\`yaml
        5m
        \`\`\`

        Example:

        \`\`\`yaml
        90s
        \`\`\`
        "
      `);
    });

    it('G56: what each word of a setting means', async () => {
      expect(await editor.tells(settings('  sk▮ip: never\n'))).toMatchInlineSnapshot(`
        "#### settings

        "Skip Options"

        Whether a caller who is verified for this account in this call is let through at once.

        Default: already-verified.

        Allowed Values:

        * \`never\`: always asked again
        * \`already-verified\`: let through without another code
        "
      `);
    });

    it('G51: how many', async () => {
      expect(await editor.tells(settings('  limits:\n    sends: { mo▮st: 3 }\n'))).toMatchInlineSnapshot(`
        "#### sends

        "Maximum Attempts at Sending an Authentication Code"

        In one call, failed ones as well. Over 5 only with ALLOW\\_NONCONFORMANT.

        Default: 3. Possible: 0 to 10."
      `);
    });

    it('a verb with its example', async () => {
      expect(await editor.tells(block('    me▮nu: a\n    keys: { 1: hello }\n'))).toMatchInlineSnapshot(`
        "#### menu

        Asks for one key; each key is a path.

        The prompt: \`ask\`, and one text for each target.

        \`\`\`yaml
        more: { menu: more-options, keys: { 1: more-time, 2: send, 3: choose-method } }
        \`\`\`"
      `);
    });

    it.each([...VERBS.values()].map(({ name, example }) => [name, example] as const))(
      'the example of %s, at its name and at the name of the block',
      async (name, example) => {
        const [head = '', body = ''] = example.split(/: (.*)/s);
        const at = (cursor: string, text: string): Draft => ({
          folder: 'callflows',
          text: `callflow: tiny\nstart: a\nblocks:\n  ${text.replace(cursor, `${cursor.slice(0, 1)}▮${cursor.slice(1)}`)}\n`,
        });
        expect(await editor.tells(at(`${head}:`, example))).toContain(example);
        expect(await editor.tells(at(`${name}:`, `a: ${body}`))).toContain(example);
      },
    );

    it.each<[what: string, draft: Draft, says: string]>([
      ['a path', block('    verify-code: a\n    paths: { fini▮shed: a }\n'), "The code's time is over"],
      ['an exit', { folder: 'callflows', text: 'exits: { a: { di▮al: b } }\n' }, 'Puts the caller through'],
      [
        'a service',
        { folder: 'callflows', text: 'services: { a: { time▮out: 3s } }\n' },
        '"Web Service Timeout (milliseconds)"',
      ],
      [
        'a text of a prompt',
        { folder: 'prompts/en-US', text: 'prompts: { a: { he▮lp: b } }\n' },
        'from the second silence',
      ],
      ['a voice', { folder: 'prompts/en-US', text: 'vo▮ice: Polly.Joanna\n' }, "The platform's name of a voice"],
      ['a step', scenario('      - la▮ter: 11m\n'), 'So much time passes'],
      ['a step of one word', scenario('      - re▮peat\n'), '`repeat`: The platform sends its last request again'],
    ])('%s', async (_what, draft, says) => {
      expect(await editor.tells(draft)).toContain(says);
    });
  });

  describe('underlines one mistake once, in a few words', () => {
    it.each<[what: string, draft: Draft, underlined: readonly string[]]>([
      [
        'a key that the verb does not have',
        block('    menu: a\n    keys: { 1: hello }\n    nxt: hello\n'),
        ['nxt · Property nxt is not allowed.'],
      ],
      ['a verb that there is not', block('    sing: a\n    next: hello\n'), [`hello · ${ONE_VERB}`]],
      ['an empty block', block('    {}\n'), [`hello · ${ONE_VERB}`]],
      ['two verbs', block('    say: a\n    menu: b\n    next: hello\n'), ['menu · Property menu is not allowed.']],
      ['a key that is missing', block('    say: a\n'), ['hello · Missing property "next".']],
      [
        'a path that is mistyped',
        block('    verify-code: A\n    paths: { right: a, wrng: b, finished: c, error: d }\n'),
        ['paths · Missing property "wrong".', 'wrng · Property wrng is not allowed.'],
      ],
      [
        'the two ways of a failed send at once',
        block('    send-code: chosen\n    paths: { sent: a, failed: b, rejected: c }\n'),
        ['rejected · Property rejected is not allowed.'],
      ],
      [
        'a send without a path for failing',
        block('    send-code: chosen\n    paths: { sent: a }\n'),
        [
          'paths · The paths are sent, nothing-to-send and failed; or, apart, unreachable, rejected and error in place of failed.',
        ],
      ],
      [
        'a key that no telephone has',
        block('    menu: a\n    keys: { 1: hello, "*": hello }\n'),
        ['"*" · Keys are 0 to 9, star and hash.'],
      ],
      [
        'a target that is no name',
        block('    say: a\n    next: Say This\n'),
        ['Say This · A name goes here: lower-case letters, digits and hyphens.'],
      ],
      [
        'a range of digits that is none',
        block('    collect: a\n    digits: 4-\n    save-as: A\n    next: hello\n'),
        ['4- · How many digits, at most 32: 6, 4-12 (ended by hash), or `code`.'],
      ],
      ['a setting that there is not', settings('  wiat: 8s\n'), ['wiat · Property wiat is not allowed.']],
      [
        'durations without their unit',
        settings('  wait: 8\n  spacing: 20\n  code: { lasts: 5 }\n'),
        [
          '8 · Write a number with its unit: 20s, 5m, 2500ms.',
          '20 · Write a number with its unit: 20s, 5m, 2500ms.',
          '5 · Write a number with its unit: 20s, 5m, 2500ms.',
        ],
      ],
      [
        'a word that is not on the list',
        settings('  skip: sometimes\n'),
        ['sometimes · Value is not accepted. Valid values: "already-verified", "never".'],
      ],
      [
        'a method that nobody knows',
        settings('  methods: [email, fax]\n'),
        ['fax · Value is not accepted. Valid values: "email", "sms", "voice", "authenticator".'],
      ],
      [
        'settings only: a block, and a setting that there is not',
        {
          folder: 'callflows',
          text: 'callflow: a\nuse: builtin/two-factor\nsettings: { wiat: 8s, messages: { email: { from: a@example.com } } }\nblocks: {}\n',
        },
        ['wiat · Property wiat is not allowed.', 'blocks · Property blocks is not allowed.'],
      ],
      [
        'something to use that there is not',
        { folder: 'callflows', text: 'callflow: a\nuse: builtin/two-factors\n' },
        ['builtin/two-factors · Value is not accepted. Valid values: "builtin/two-factor".'],
      ],
      ['too many digits', settings('  code: { digits: 11 }\n'), ['11 · Value is above the maximum of 10.']],
      [
        'an exit that does nothing, one that does too much, a text, and a value of the environment',
        {
          folder: 'callflows',
          text: 'callflow: a\nstart: b\nblocks: {}\nexits:\n  one: { dail: c }\n  two: { dial: c, hang-up: true }\n  three: goodbye\n  four: { dial: "${HOME}" }\n',
        },
        [
          `one · ${ONE_THING}`,
          'hang-up · Property hang-up is not allowed.',
          `goodbye · ${ONE_THING}`,
          '"${HOME}" · Callflows may use AGENT_NUMBER, the service URLs, and names of your own that start with CALLFLOW_.',
        ],
      ],
      [
        'a locale, a text and a key in a prompt file',
        { folder: 'prompts/en-US', text: 'locale: english\nvioce: a\nprompts: { b: [c] }\n' },
        [
          'english · A locale is a language with an optional region, for example en-US.',
          'vioce · Property vioce is not allowed.',
          '[c] · A prompt is one text, a recording with what it says ({ text, audio }), or several of these by name.',
        ],
      ],
      [
        'recordings without their text or their file',
        {
          folder: 'prompts/en-US',
          text: 'locale: en-US\nprompts:\n  a: { text: Hello. }\n  b: { ask: { text: Hello., audo: c.wav } }\n  d: { text: Hello., audio: ../e.wav }\n',
        },
        [
          'a · Missing property "audio".',
          'ask · Missing property "audio".',
          'audo · Property audo is not allowed.',
          '../e.wav · A recording is a file in the folder audio/ beside this one, by its name alone: letters, digits, hyphens and underscores, for example welcome-back.wav.',
        ],
      ],
      [
        'steps of a scenario',
        scenario(
          '      - hear: a\n      - waits\n      - later: 5\n      - { press: 1, gets: sms }\n      - gets: fax\n',
        ),
        [
          'h · A step is one of: hears, press, gets, says, silent, later, fallback, elsewhere, hangs-up, redials, repeat.',
          'waits · A step is one of: hears, press, gets, says, silent, later, fallback, elsewhere, hangs-up, redials, repeat.',
          '5 · Write a number with its unit: 20s, 5m, 2500ms.',
          'gets · Property gets is not allowed.',
          'fax · A method goes here: email, sms, voice, authenticator.',
        ],
      ],
    ])('%s', async (_what, draft, underlined) => {
      expect(await editor.underlines(draft)).toEqual(underlined);
    });
  });

  it.each<[what: string, draft: Draft]>([
    ['digits', block('    collect: a\n    digits: 6\n    save-as: A\n    next: hello\n')],
    ['a key without quotes', block('    menu: a\n    keys: { 1: hello, 0: hello, star: hello }\n')],
    ['a telephone number', settings('  messages: { sms: { from: +12025550100 } }\n')],
    [
      'leading zeros',
      { folder: 'callflows', text: 'callflow: a\ntitle: 007\nstart: b\nblocks: {}\nexits: { c: { dial: 0911 } }\n' },
    ],
    ['a spacing of 0', settings('  spacing: 0\n')],
    ['D4: methods in any case', settings('  methods: [Email, SMS, AUTHENTICATOR]\n')],
    ['a value of the environment', settings('  skip: "${CALLFLOW_SKIP}"\n  wait: "${CALLFLOW_WAIT}"\n')],
    [
      'a place that an example fills',
      scenario('      - press: <key>\n      - silent: <time>\n      - gets: <method>\n'),
    ],
  ])('lets %s be', async (_what, draft) => {
    expect(await editor.underlines(draft)).toEqual([]);
  });
});
