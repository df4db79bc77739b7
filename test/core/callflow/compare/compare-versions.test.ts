import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions } from '../../../../src/core/callflow/compare/compare-versions.ts';
import { readProject, type LibrarySources, type Project } from '../../../../src/core/callflow/project.ts';
import { LOCALES, shippedFile, shippedSources } from '../../support.ts';

const LINE = `callflow: line
title: A line
start: hello
inputs: [Segment, AccountNumber]
account: AccountNumber
settings:
  methods: [email, sms]
  no-method: agent
  zero-is: agent
  messages:
    email: { from: a@example.com, subject: Your code }
    sms: { from: "+12025550100" }
services:
  contact-methods: { production: "\${CONTACT_METHODS_URL}", timeout: 3s, send: [AccountNumber] }
  weather: { production: "\${CALLFLOW_WEATHER_URL}", send: [Zip], receive: { Weather: weather/text } }
exits:
  success: { returns: success }
  agent: { say: transferring, dial: "\${AGENT_NUMBER}" }
  bye: { hang-up: true }
blocks:
  hello: { say: hello, next: segment }
  segment: { when: Segment, is: { gold: agent }, otherwise: menu }
  menu: { menu: choose, keys: { 1: zip, 2: find, 3: goodbye } }
  zip: { collect: zip, digits: 5, save-as: Zip, star: menu, next: weather }
  weather: { service: weather, paths: { success: tell, failed: goodbye } }
  tell: { say: weather, next: goodbye }
  goodbye: { say: goodbye, next: bye }
  find: { find-methods: contact-methods, paths: { found: method, failed: agent } }
  method: { choose-method: method, next: send }
  send: { send-code: chosen, paths: { sent: enter, failed: agent } }
  enter: { collect: enter, digits: code, save-as: Code, next: check }
  check: { verify-code: Code, paths: { right: success, wrong: enter, finished: send, error: agent } }
  attic: { say: hello, next: bye }
`;

const WORDS = `locale: en-US
prompts:
  hello: "Hello."
  choose: { ask: "What can we do?", zip: "For the weather", find: "For your account", goodbye: "To end" }
  zip: { ask: "Your zip code, please.", help: "It has five digits." }
  weather: "The weather: {Weather}."
  method: { ask: "How?", email: "By email", sms: "By text message" }
  enter: "Enter the code."
  spare: "Nobody hears this."
messages: { email: "Your code is {code}.", sms: "{code}" }
`;

function projectOf(
  changes: readonly (readonly [from: string, to: string])[] = [],
  more: LibrarySources['prompts'] = [],
): Project {
  const edited = (text: string): string => changes.reduce((now, [from, to]) => now.replace(from, to), text);
  for (const [from] of changes)
    if (!(LINE + WORDS).includes(from)) throw new Error(`"${from}" is not there to be changed`);
  const callflows = [{ file: 'callflows/line.yaml', text: edited(LINE) }];
  const standard = LOCALES.map((locale) => ({
    ...shippedFile(`prompts/${locale}/standard.yaml`),
    locale,
    callflow: 'standard',
  }));
  const prompts = [
    ...standard,
    { file: 'prompts/en-US/line.yaml', text: edited(WORDS), locale: 'en-US', callflow: 'line' },
    ...more,
  ];
  return projectFrom({ callflows, prompts });
}

function projectFrom(sources: LibrarySources): Project {
  const { project, findings } = readProject(sources, {
    environment: {},
    defaultLocale: 'en-US',
  });
  expect(findings).toEqual([]);
  return project;
}

const BASE = projectOf();

/** The lines as they are printed: `!` before what is looser, `+` before what is tighter. */
function told(before: Project, after: Project): readonly string[] {
  return compareVersions({ before, after, defaultLocale: 'en-US' }).flatMap(({ changes }) =>
    changes.map(({ security, text, before: was, after: is }) => {
      const mark = security === 'looser' ? '! ' : security === 'tighter' ? '+ ' : '';
      return [mark + text, ...(was === undefined ? [] : [`- ${was}`]), ...(is === undefined ? [] : [`+ ${is}`])].join(
        ' ',
      );
    }),
  );
}

type Edits = readonly (readonly [from: string, to: string])[];

describe('two versions of a callflow, in the words of callers', () => {
  const rows: readonly (readonly [title: string, edits: Edits, lines: readonly string[]])[] = [
    [
      'a key that leads somewhere else',
      [
        ['3: goodbye }', '3: find }'],
        ['2: find', '2: goodbye'],
      ],
      [
        'In menu, key 2 now leads to goodbye ("To end"); it was key 3.',
        'In menu, key 3 now leads to find ("For your account"); it was key 2.',
      ],
    ],
    [
      'a key that leads to a new place',
      [
        ['3: goodbye }', '3: agent }'],
        ['goodbye: "To end"', 'agent: "To end"'],
      ],
      ['In menu, key 3 leads to agent ("To end") instead of goodbye.'],
    ],
    ['a new key', [['3: goodbye }', '3: goodbye, 4: hello }']], ['In menu, key 4 is new: it leads to hello.']],
    ['a key that is gone', [[', 3: goodbye }', ' }']], ['In menu, key 3 is gone; it led to goodbye.']],
    [
      'key 0 that leads elsewhere, told once for all questions',
      [['zero-is: agent', 'zero-is: bye']],
      ['In menu and method, key 0 leads to bye instead of agent.'],
    ],
    [
      'key 0 that is not offered any more',
      [['  zero-is: agent\n', '']],
      ['In menu and method, key 0 is gone; it led to agent.'],
    ],
    [
      'methods in another order',
      [['methods: [email, sms]', 'methods: [sms, email]']],
      ['In method, key 1 now gets a text message; it was key 2.', 'In method, key 2 now gets an email; it was key 1.'],
    ],
    [
      'one method less',
      [['methods: [email, sms]', 'methods: [email]']],
      ['+ Callers can no longer get a text message.'],
    ],
    [
      'one method more',
      [['methods: [email, sms]', 'methods: [email, sms, voice]']],
      ['! Callers can get a voice call, too.'],
    ],
    [
      'more attempts',
      [['settings:\n', 'settings:\n  limits: { attempts-per-code: { most: 5 } }\n']],
      ['! After 5 wrong codes instead of 3, callers go to agent.'],
    ],
    [
      'fewer sends, and then the end',
      [['settings:\n', 'settings:\n  limits: { sends: { most: 1, then: bye } }\n']],
      ['+ After 1 send instead of 3, callers go to bye instead of agent.'],
    ],
    [
      'a limit that leads back into the callflow',
      [['settings:\n', 'settings:\n  limits: { sends: { then: hello } }\n']],
      ['! After 3 sends, callers go to hello instead of agent.'],
    ],
    [
      'less patience, told once for all questions',
      [['settings:\n', 'settings:\n  limits: { silences: { most: 2 } }\n']],
      ['After 2 silences instead of 3, callers go to agent.'],
    ],
    [
      'less patience of one question',
      [['save-as: Zip,', 'save-as: Zip, wrong-keys: { most: 1, then: bye },']],
      ['In zip, after 1 wrong key instead of 3, callers go to bye instead of agent.'],
    ],
    [
      'locked accounts',
      [['settings:\n', 'settings:\n  limits: { locked: { then: bye } }\n']],
      ['Callers whose account is locked go to bye instead of agent.'],
    ],
    [
      'callers without a method',
      [['no-method: agent', 'no-method: bye']],
      ['Callers without a verified contact method go to bye instead of agent.'],
    ],
    [
      'callers without a method, in one block',
      [['failed: agent } }', 'failed: agent, none: bye } }']],
      ['In find, callers without a verified contact method go to bye instead of agent.'],
    ],
    ['longer codes', [['settings:\n', 'settings:\n  code: { digits: 8 }\n']], ['+ Codes have 8 digits instead of 6.']],
    [
      'a longer life of codes',
      [['settings:\n', 'settings:\n  code: { lasts: 10m }\n']],
      ['! A code works for 10 minutes instead of 5 minutes.'],
    ],
    [
      'a new code after each wrong one',
      [['settings:\n', 'settings:\n  code: { after-wrong-code: new-code }\n']],
      ['+ After a wrong code a new one is sent; the same code could be tried again.'],
    ],
    [
      'verified callers who are asked again',
      [['settings:\n', 'settings:\n  skip: never\n']],
      ['+ Callers who are verified already have to prove it again.'],
    ],
    [
      'codes in quicker succession',
      [['settings:\n', 'settings:\n  spacing: 5s\n']],
      ['! Another code can be sent after 5 seconds instead of 20 seconds.'],
    ],
    [
      'how long all questions wait',
      [['settings:\n', 'settings:\n  wait: 10s\n']],
      ['Questions wait 10 seconds for the first key instead of 8 seconds.'],
    ],
    [
      'how long one question waits',
      [['save-as: Zip,', 'save-as: Zip, wait: 1m,']],
      ['In zip, the question waits 1 minute for the first key instead of 8 seconds.'],
    ],
    [
      'a setting without a sentence of its own',
      [['settings:\n', 'settings:\n  code: { authenticator-name: Aegis }\n']],
      ['The setting code.authenticator-name is "Aegis" instead of "Google Authenticator".'],
    ],
    [
      'who messages come from',
      [
        ['a@example.com', 'b@example.com'],
        ['Your code }', 'The code }'],
      ],
      [
        'Emails come from "b@example.com" instead of "a@example.com".',
        'Emails have the subject "The code" instead of "Your code".',
      ],
    ],
    [
      'how many digits are entered',
      [['digits: 5', 'digits: 5-9']],
      ['In zip, callers enter 5 to 9 digits instead of 5 digits.'],
    ],
    [
      'an entry that may be said',
      [['save-as: Zip,', 'save-as: Zip, input: dtmf speech,']],
      ['In zip, input is "dtmf speech" instead of "dtmf".'],
    ],
    [
      'where a block goes on',
      [['hello, next: segment', 'hello, next: menu']],
      ['After hello, callers go to menu instead of segment.', 'Callers no longer come to segment, a when.'],
    ],
    ['what star does', [['star: menu', 'star: goodbye']], ['In zip, by star, callers go to goodbye instead of menu.']],
    [
      'what a variable decides',
      [['gold: agent', 'gold: bye']],
      ['In segment, when Segment is gold, callers go to bye instead of agent.'],
    ],
    [
      'where a failure leads, written as one and told as one',
      [['sent: enter, failed: agent', 'sent: enter, failed: bye']],
      [
        'In send, when the message cannot be delivered, the message is refused or the message cannot be sent, callers go to bye instead of agent.',
      ],
    ],
    [
      'a status of a service',
      [['success: tell, failed', 'success: tell, snow: goodbye, failed']],
      ['In weather, when the service says "snow", callers go to goodbye.'],
    ],
    [
      'what stands behind it',
      [
        ['timeout: 3s, send: [AccountNumber]', 'timeout: 5s, send: [AccountNumber, Segment]'],
        ['CALLFLOW_WEATHER_URL', 'CALLFLOW_RAIN_URL'],
      ],
      [
        'The service contact-methods: timeout is "5 seconds" instead of "3 seconds".',
        'The service contact-methods: send is "AccountNumber and Segment" instead of "AccountNumber".',
        'The service weather: production is "${CALLFLOW_RAIN_URL}" instead of "${CALLFLOW_WEATHER_URL}".',
      ],
    ],
    [
      'where calls begin',
      [['start: hello', 'start: menu']],
      [
        'Calls begin at menu instead of hello.',
        'Callers no longer come to hello, a say: "Hello."',
        'Callers no longer come to segment, a when.',
      ],
    ],
    [
      'what is handed in',
      [['inputs: [Segment, AccountNumber]', 'inputs: [AccountNumber, CustomerPhone]']],
      [
        '! CustomerPhone can be handed in by a linking callflow or the start request.',
        'Segment is not taken from a linking callflow or the start request any more.',
      ],
    ],
    [
      'whose failures are counted',
      [['account: AccountNumber', 'account: Segment']],
      ['! Failures are counted for Segment instead of AccountNumber.'],
    ],
    [
      'the language of a number',
      [['account: Acc', 'locale-by-number: { "+34910000000": es-ES }\naccount: Acc']],
      ['Calls to +34910000000 begin in es-ES instead of the default language.'],
    ],
    [
      'a new block',
      [
        [
          'tell: { say: weather, next: goodbye }',
          'tell: { say: weather, next: more }\n  more: { say: hello, next: goodbye }',
        ],
      ],
      ['After tell, callers go to more instead of goodbye.', 'Callers now come to more, a say: "Hello."'],
    ],
    [
      'another name',
      [
        ['tell: { say', 'forecast: { say'],
        ['success: tell', 'success: forecast'],
      ],
      ['tell is called forecast now; callers notice nothing of it.'],
    ],
    [
      'another name, and a change besides',
      [
        ['zip: { collect', 'code: { collect'],
        ['1: zip', '1: code'],
        ['zip: "For the', 'code: "For the'],
        ['digits: 5', 'digits: 4'],
      ],
      ['In code, callers enter 4 digits instead of 5 digits.', 'zip is called code now; callers notice nothing of it.'],
    ],
    [
      'another verb',
      [['tell: { say: weather, next: goodbye }', 'tell: { set: { A: 1 }, next: goodbye }']],
      ['tell was a say and is now a set.'],
    ],
    [
      'a variable that is set elsewhere',
      [['save-as: Code', 'save-as: Entry']],
      ['In enter, save-as is "Entry" instead of "Code".'],
    ],
    [
      'where an exit leads',
      [['dial: "${AGENT_NUMBER}"', 'queue: support']],
      ['The exit agent now waits in the queue support; before: dials AGENT_NUMBER.'],
    ],
    [
      'a new exit',
      [
        ['gold: agent', 'gold: vip'],
        ['  bye:', '  vip: { dial: "${CALLFLOW_VIP}" }\n  bye:'],
      ],
      [
        'In segment, when Segment is gold, callers go to vip instead of agent.',
        'Callers can now leave by the exit vip, which dials CALLFLOW_VIP.',
      ],
    ],
    [
      'an exit with another name',
      [
        ['bye: { hang', 'ciao: { hang'],
        ['goodbye, next: bye', 'goodbye, next: ciao'],
        ['hello, next: bye', 'hello, next: ciao'],
      ],
      ['The exit bye is called ciao now.'],
    ],
    [
      'other words',
      [
        ['"Hello."', '"Good day."'],
        ['"For the weather"', '"For rain or sun"'],
      ],
      ['hello (en-US): - Hello. + Good day.', 'choose.zip (en-US): - For the weather + For rain or sun'],
    ],
    [
      'more words',
      [['help: "It has five digits."', 'again: "Your zip code?"']],
      ['zip.help (en-US) is gone: - It has five digits.', 'zip.again (en-US) is new: + Your zip code?'],
    ],
    [
      'a prompt with another name and the same words',
      [
        ['say: hello, next: segment', 'say: welcome, next: segment'],
        ['  hello: "Hello."', '  welcome: "Hello."\n  hello: "Hello."'],
      ],
      [],
    ],
    ['other messages', [['"{code}"', '"Code: {code}"']], ['the sms message (en-US): - {code} + Code: {code}']],
    [
      'a success without a code',
      [['wrong: enter', 'wrong: success']],
      [
        '! The call can come to "success" without a right code for AccountNumber: hello > segment > menu > find > method > send > enter > check > success.',
        'In check, when the code is wrong or nothing was entered, callers go to success instead of enter.',
      ],
    ],
  ];

  it.each(rows)('%s', (_title, edits, lines) => {
    expect(told(BASE, projectOf(edits))).toEqual(lines);
  });

  it('and the other way round: what was looser is tighter', () => {
    const after = projectOf([
      ['settings:\n', 'settings:\n  limits: { sends: { most: 5 } }\n'],
      ['wrong: enter', 'wrong: success'],
    ]);
    expect(told(after, BASE).filter((line) => line.startsWith('+ '))).toEqual([
      '+ No longer: The call can come to "success" without a right code for AccountNumber: hello > segment > menu > find > method > send > enter > check > success.',
      '+ After 3 sends instead of 5, callers go to agent.',
    ]);
  });

  it('other languages', () => {
    const spanish = {
      file: 'prompts/es-ES/line.yaml',
      text: WORDS.replace('en-US', 'es-ES'),
      locale: 'es-ES',
      callflow: 'line',
    };
    expect(told(BASE, projectOf([], [spanish]))).toEqual(['Callers can hear es-ES.']);
    expect(told(projectOf([], [spanish]), BASE)).toEqual(['Callers no longer hear es-ES, but en-US.']);
  });

  it('standard words, which all callflows share, are told once', () => {
    const changed = shippedSources();
    const prompts = changed.prompts.map((each) => ({
      ...each,
      text: each.text.replace('One moment, please.', 'Just a second.'),
    }));
    const found = compareVersions({
      before: projectFrom(shippedSources()),
      after: projectFrom({ ...changed, prompts }),
      defaultLocale: 'en-US',
    });
    expect(found.map(({ callflow, changes }) => [callflow, changes.map(({ text }) => text)])).toEqual([
      [null, ['one-moment (en-US):']],
    ]);
  });

  it('callflows that come and go', () => {
    const { callflows, prompts } = shippedSources();
    const all = projectFrom({ callflows, prompts });
    const one = projectFrom({ callflows: callflows.filter(({ file }) => file.includes('two-factor')), prompts });
    expect(told(all, one)).toEqual(['This callflow is gone; nobody can call main any more.']);
    expect(told(one, all)).toEqual([
      'This callflow is new: Self-service line. It can be called at /voice/main, and linked to.',
    ]);
  });

  it('a new callflow with a way around the code', () => {
    const { callflows, prompts } = shippedSources();
    const one = callflows.filter(({ file }) => file.includes('two-factor'));
    const main = callflows.filter((each) => !one.includes(each));
    const open = main.map((each) => ({
      ...each,
      text: each.text.replace('then: success', 'then: agent').replace('agent: agent, error', 'agent: balance, error'),
    }));
    expect(
      told(projectFrom({ callflows: one, prompts }), projectFrom({ callflows: [...one, ...open], prompts })),
    ).toEqual([
      'This callflow is new: Self-service line. It can be called at /voice/main, and linked to.',
      expect.stringMatching(/^! "balance" is where "identify" leads after a right code/),
    ]);
  });

  it('a callflow that only has settings is compared by what it uses, words included', () => {
    const { prompts } = shippedSources();
    const small = (settings: string) =>
      projectFrom({
        callflows: [{ file: 'c.yaml', text: `callflow: login\nuse: builtin/two-factor\n${settings}` }],
        prompts,
      });
    expect(told(small(''), small('settings: { code: { lasts: 8m } }\n'))).toEqual([
      '! A code works for 8 minutes instead of 5 minutes.',
    ]);
    const said = prompts.map((each) => ({ ...each, text: each.text.replace('Before we go on', 'First') }));
    const after = projectFrom({
      callflows: [{ file: 'c.yaml', text: 'callflow: login\nuse: builtin/two-factor\n' }],
      prompts: said,
    });
    expect(told(small(''), after)[0]).toMatch(/^greeting \(en-US\): - Before we go on/);
  });
});

describe('what no caller would notice', () => {
  const same: readonly (readonly [title: string, edits: Edits])[] = [
    ['comments', [['start: hello', '# Hello!\nstart: hello   # here']]],
    [
      'quotes and flow style',
      [
        ['callflow: line', 'callflow: "line"'],
        ['hello: { say: hello, next: segment }', 'hello:\n    say: hello\n    next: segment'],
      ],
    ],
    ['the title', [['title: A line', 'title: The line']]],
    [
      'defaults that are written down',
      [['settings:\n', 'settings:\n  wait: 8s\n  limits: { silences: { most: 3, then: agent } }\n']],
    ],
    [
      'a limit of the settings that a block repeats',
      [['save-as: Zip,', 'save-as: Zip, silences: { most: 3, then: agent },']],
    ],
    ['as many digits as codes have', [['digits: code', 'digits: 6']]],
    ['blocks that nobody comes to', [['attic: { say: hello, next: bye }', 'attic: { say: goodbye, next: agent }']]],
    ['prompts that nobody hears', [['Nobody hears this.', 'Really nobody.']]],
    ['line breaks in a prompt', [['"What can we do?"', '"What can\n    we do?"']]],
    ['the order of paths', [['success: tell, failed: goodbye', 'failed: goodbye, success: tell']]],
  ];

  it.each(same)('%s', (_title, edits) => {
    expect(told(BASE, projectOf(edits))).toEqual([]);
  });

  it('the order of blocks, whatever it is', () => {
    const [head = '', body = ''] = LINE.split('blocks:\n');
    const blocks = body.trimEnd().split('\n');
    fc.assert(
      fc.property(fc.shuffledSubarray(blocks, { minLength: blocks.length }), (shuffled) => {
        expect(told(BASE, projectOf([[LINE, `${head}blocks:\n${shuffled.join('\n')}\n`]]))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('a version and itself', () => {
    const shipped = projectFrom(shippedSources());
    expect(told(shipped, shipped)).toEqual([]);
  });
});
