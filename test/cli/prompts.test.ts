import Papa from 'papaparse';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ProjectFolder } from './prompts/project-folder.ts';
import { Program } from '../support/process.ts';
import { wav } from '../support/audio.ts';

const projects: ProjectFolder[] = [];
afterEach(async () => {
  for (const project of projects.splice(0)) await project.remove();
});

async function make(...how: Parameters<typeof ProjectFolder.make>): Promise<ProjectFolder> {
  const project = await ProjectFolder.make(...how);
  projects.push(project);
  return project;
}

describe('dialproof prompts missing', () => {
  it('says of every language that nothing is missing, and exits 0', async () => {
    const { code, stdout } = await (await make()).run('missing');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'en-US (default): nothing is missing\n\nes-ES: nothing is missing\n',
    });
  });

  it('lists what callflows need, what only the default language has, and what nothing says; exits 1', async () => {
    const project = await make();
    await project.edit('prompts/es-ES/two-factor.yaml', '  greeting:', '  greetings:');
    await project.edit('prompts/es-ES/two-factor.yaml', '    more-time:', '    more-tme:');
    await project.edit('prompts/es-ES/two-factor.yaml', '    help: "El código', '    hlep: "El código');
    await project.edit('prompts/es-ES/two-factor.yaml', '  sms: "{code}', '  mms: "{code}');
    await project.edit('prompts/es-ES/standard.yaml', 'zero-item: ', '# zero-item: ');
    await project.edit('prompts/en-US/main.yaml', '  balance:', '  old-balance: "Gone."\n  balance:');
    await project.write('prompts/en-US/gone.yaml', 'locale: en-US\n');
    await project.write('callflows/more.yaml', MORE);
    await project.write('prompts/en-US/more.yaml', 'locale: en-US\nprompts: { hello: "Hello." }\n');
    const { code, stdout } = await project.run('missing');
    expect(code).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
      "en-US (default): nothing is missing
        unused: all of prompts/en-US/gone.yaml, since there is no callflow "gone"
        unused: old-balance in prompts/en-US/main.yaml

      es-ES: 5 texts missing
        prompts/es-ES/standard.yaml lacks:
          zero-item
        prompts/es-ES/two-factor.yaml lacks:
          greeting
          enter-code (help)
          more-options (more-time)
          message sms
        not spoken by more: callers of it hear en-US
        unused: greetings in prompts/es-ES/two-factor.yaml
        unused: enter-code (hlep) in prompts/es-ES/two-factor.yaml
        unused: more-options (more-tme) in prompts/es-ES/two-factor.yaml
        unused: message mms in prompts/es-ES/two-factor.yaml
      "
    `);
    expect(JSON.parse((await project.run('missing', '--locale', 'es-ES', '--json')).stdout)).toMatchInlineSnapshot(`
      {
        "defaultLocale": "en-US",
        "locales": [
          {
            "locale": "es-ES",
            "missing": [
              {
                "callflow": "standard",
                "kind": "frame",
                "prompt": "zero-item",
                "variant": null,
              },
              {
                "callflow": "two-factor",
                "kind": "prompt",
                "prompt": "greeting",
                "variant": null,
              },
              {
                "callflow": "two-factor",
                "kind": "prompt",
                "prompt": "enter-code",
                "variant": "help",
              },
              {
                "callflow": "two-factor",
                "kind": "prompt",
                "prompt": "more-options",
                "variant": "more-time",
              },
              {
                "callflow": "two-factor",
                "kind": "message",
                "prompt": "sms",
                "variant": null,
              },
            ],
            "unspoken": [
              "more",
            ],
            "unused": [
              {
                "callflow": "two-factor",
                "kind": "prompt",
                "prompt": "greetings",
                "variant": null,
              },
              {
                "callflow": "two-factor",
                "kind": "prompt",
                "prompt": "enter-code",
                "variant": "hlep",
              },
              {
                "callflow": "two-factor",
                "kind": "prompt",
                "prompt": "more-options",
                "variant": "more-tme",
              },
              {
                "callflow": "two-factor",
                "kind": "message",
                "prompt": "mms",
                "variant": null,
              },
            ],
          },
        ],
      }
    `);
  });

  it('a prompt that is one text is said in the place of every variant; in a menu it names no option', async () => {
    const project = await make();
    await project.write('prompts/es-ES/main.yaml', ONE_TEXT_EACH);
    expect((await project.run('missing', '--locale', 'es-ES')).stdout).toMatchInlineSnapshot(`
      "es-ES: 2 texts missing
        prompts/es-ES/main.yaml lacks:
          anything-else (identify)
          anything-else (agent)
      "
    `);
  });

  it('of a language that there is nothing of, it lists the standard prompts', async () => {
    const { code, stdout } = await (await make()).run('missing', '--locale', 'fr-FR');
    expect(code).toBe(1);
    expect(stdout).toContain('fr-FR: 13 texts missing\n  prompts/fr-FR/standard.yaml lacks:\n    menu-item\n');
    expect(stdout).toContain('  not spoken by main, two-factor: callers of these hear en-US\n');
  });

  it.each([
    ['something that is no locale', ['missing', '--locale', 'french'], 2, '"french" is no locale.'],
    ['a format that there is not', ['export', '--locale', 'klingon'], 2, '"klingon" is no locale.'],
    ['a file that is not there', ['import', 'nothing.csv'], 2, '"nothing.csv" cannot be read (ENOENT).'],
    ['a folder that is not there', ['export', '--out', '/no/such/folder/a.csv'], 2, 'cannot be written (ENOENT).'],
  ])('%s: wrong usage', async (_what, args, code, message) => {
    const result = await (await make()).run(...args);
    expect({ ...result, stderr: result.stderr.includes(message) }).toEqual({ code, stdout: '', stderr: true });
  });

  it('a file that cannot be read stops it: 3, with the finding', async () => {
    const project = await make();
    await project.edit('prompts/es-ES/main.yaml', '{Balance, number', '{Balance, numbr');
    const { code, stderr } = await project.run('missing');
    expect(code).toBe(3);
    expect(stderr).toContain('prompts/es-ES/main.yaml:7:12  error CF301');
  });
});

const MORE =
  'callflow: more\nstart: hello\nexits: { bye: { hang-up: true } }\nblocks:\n  hello: { say: hello, next: bye }\n';
const ONE_TEXT_EACH = `locale: es-ES
prompts:
  account-number: "Su número, por favor."
  balance: "Su saldo es de {Balance}."
  anything-else: "¿Algo más?"
`;

describe('dialproof prompts export', () => {
  it('takes the only other language, and CSV, unless told otherwise; says on stderr how much there is to do', async () => {
    const project = await make();
    const { code, stdout, stderr } = await project.run('export');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: '46 texts from en-US into es-ES, 0 of them without a translation.\n',
    });
    const [head, ...rows] = rowsOf(stdout);
    expect(head).toEqual(['callflow', 'prompt', 'variant', 'kind', 'source: en-US', 'target: es-ES', 'audio', 'note']);
    expect(rows).toHaveLength(46);
    expect(rows.at(-1)).toMatchInlineSnapshot(`
      [
        "two-factor",
        "sms",
        "",
        "message",
        "{code} is your security code. It works for {minutes, plural, one {# minute} other {# minutes}}. We never call you to ask for it.",
        "{code} es su código de seguridad. Vale {minutes, plural, one {# minuto} other {# minutos}}.",
        "",
        "Keep {code}, {minutes}. A text message: at most 160 characters with everything filled in, or 70 where one of them is outside the basic alphabet of SMS.",
      ]
    `);
  });

  it('of several languages one is to be named', async () => {
    const project = await make({ 'prompts/fr-FR/standard.yaml': 'locale: fr-FR\n' });
    const { code, stderr } = await project.run('export');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'It is not said into which language the texts are to be translated.\nAdd --locale with one of es-ES, fr-FR, or a new one.\n',
    });
  });

  it('writes a file, of the format that its name or --format says', async () => {
    const project = await make();
    await project.run('export', '--out', project.path('a.xlf'));
    await project.run('export', '--format', 'xliff', '--locale', 'de-DE', '--out', project.path('b.csv'));
    expect(await project.read('a.xlf')).toMatch(/^<\?xml.*\n<xliff version="1.2"/);
    expect(await project.read('b.csv')).toContain('target-language="de-DE"');
  });

  it('says what is recorded, and what must be kept', async () => {
    const project = await make({
      'callflows/more.yaml': MORE,
      'prompts/en-US/more.yaml': 'locale: en-US\nprompts: { hello: { text: "Hello.", audio: hello.wav } }\n',
      'prompts/en-US/audio/hello.wav': wav(),
    });
    const rows = rowsOf((await project.run('export')).stdout);
    expect(rows.find(([callflow]) => callflow === 'more')?.slice(4)).toEqual([
      'Hello.',
      '',
      'hello.wav',
      'Recorded: another language needs its own recording.',
    ]);
    expect(rows.find(([, prompt, variant]) => prompt === 'choose-method' && variant === 'sms')?.at(-1)).toBe(
      'Keep {last2}, <digits>...</digits>.',
    );
  });
});

function rowsOf(csv: string): string[][] {
  return Papa.parse<string[]>(csv.replace('\ufeff', ''), { skipEmptyLines: true }).data;
}

/** The exported file with some targets filled in, by `callflow/prompt/variant`. */
async function translated(
  project: ProjectFolder,
  targets: Readonly<Record<string, string>>,
  locale = 'es-ES',
): Promise<string> {
  const rows = rowsOf((await project.run('export', '--locale', locale)).stdout);
  for (const row of rows) {
    const target = targets[[row[0], row[1], row[2]].filter((each) => each !== '').join('/')];
    if (target !== undefined) row[5] = target;
  }
  await project.write('back.csv', Papa.unparse(rows, { delimiter: ';' }));
  return project.path('back.csv');
}

describe('dialproof prompts import', () => {
  it.each(['csv', 'xliff'])('%s as it was exported changes no byte of any file', async (format) => {
    const project = await make();
    const before = await project.prompts();
    await project.run('export', '--format', format, '--out', project.path('out'));
    expect(await project.run('import', project.path('out'))).toEqual({
      code: 0,
      stdout: 'Nothing has changed: es-ES has all of these texts already.\n',
      stderr: '',
    });
    expect(await project.prompts()).toEqual(before);
  });

  it('changes the lines of the texts that have changed, and says which', async () => {
    const project = await make();
    const before = await project.prompts();
    const file = await translated(project, {
      'main/balance': 'Tiene {Balance, number, ::currency/USD}.',
      'two-factor/enter-code/help': 'Mire en el mensaje.',
      'two-factor/email': 'Su código es {code}.\n\nVale {minutes} minutos.\n',
    });
    const { code, stdout, stderr } = await project.run('import', file);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'es-ES lacks nothing now.\n' });
    expect(stdout).toMatchInlineSnapshot(`
      "prompts/es-ES/main.yaml: 1 text
        balance
          - Su saldo es de {Balance, number, ::currency/USD unit-width-full-name}.
          + Tiene {Balance, number, ::currency/USD}.
      prompts/es-ES/two-factor.yaml: 2 texts
        enter-code (help)
          - El código está en el mensaje que le acabamos de enviar.
          + Mire en el mensaje.
        message email
          - Su código de seguridad es {code}. / Es válido durante {minutes, plural, one {# minuto} other {# minutos}}. Introdúzcalo en el teléfono. / Nunca le llamaremos para pedirle este código. Si usted no nos ha llamado, avísenos, por favor.
          + Su código es {code}. / Vale {minutes} minutos.
      "
    `);
    const after = await project.prompts();
    expect(changedLines(before, after)).toMatchInlineSnapshot(`
      "es-ES/main.yaml
      -   balance: "Su saldo es de {Balance, number, ::currency/USD unit-width-full-name}."
      +   balance: "Tiene {Balance, number, ::currency/USD}."
      es-ES/two-factor.yaml
      -     help: "El código está en el mensaje que le acabamos de enviar."
      -     Su código de seguridad es {code}.
      -     Es válido durante {minutes, plural, one {# minuto} other {# minutos}}. Introdúzcalo en el teléfono.
      -     Nunca le llamaremos para pedirle este código. Si usted no nos ha llamado, avísenos, por favor.
      +     help: "Mire en el mensaje."
      +     Su código es {code}.
      +     Vale {minutes} minutos."
    `);
  });

  it('brings a new language, complete, in the order of the default one', async () => {
    const project = await make();
    const [, ...rows] = rowsOf((await project.run('export', '--locale', 'fr-FR')).stdout);
    const all = Object.fromEntries(
      rows.map((row) => [
        row
          .slice(0, 3)
          .filter((each) => each !== '')
          .join('/'),
        row[4] ?? '',
      ]),
    );
    const { code, stdout, stderr } = await project.run('import', await translated(project, all, 'fr-FR'));
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout:
        'prompts/fr-FR/standard.yaml (new): 13 texts\nprompts/fr-FR/main.yaml (new): 7 texts\nprompts/fr-FR/two-factor.yaml (new): 26 texts\n',
      stderr:
        'A new language has a voice of its own: name one as `voice:` in prompts/fr-FR/standard.yaml.\nfr-FR lacks nothing now.\n',
    });
    for (const name of ['main', 'two-factor']) {
      const [english, french] = await Promise.all(
        ['en-US', 'fr-FR'].map((each) => project.read(`prompts/${each}/${name}.yaml`)),
      );
      expect(french).toBe(english?.replace('en-US', 'fr-FR'));
    }
    expect((await project.run('missing', '--locale', 'fr-FR')).code).toBe(0);
  });

  it('of a language in part says how much is left', async () => {
    const project = await make();
    const file = await translated(project, { 'standard/goodbye': 'Au revoir.', 'standard/silence': 'Rien.' }, 'fr-FR');
    const { stderr } = await project.run('import', file);
    expect(stderr).toContain(
      'fr-FR still lacks 11 texts; the server does not start without those that callers need: dialproof prompts missing --locale fr-FR\n',
    );
    expect(await project.read('prompts/fr-FR/standard.yaml')).toBe(
      'locale: fr-FR\nprompts:\n  silence: "Rien."\n  goodbye: "Au revoir."\n',
    );
  });

  it('an empty cell takes nothing away', async () => {
    const project = await make();
    const before = await project.prompts();
    await project.run('import', await translated(project, { 'main/balance': '', 'two-factor/greeting': '  ' }));
    expect(await project.prompts()).toEqual(before);
  });

  it('puts a variant beside the only text of a prompt, which becomes its question', async () => {
    const project = await make({ 'prompts/es-ES/main.yaml': ONE_TEXT_EACH });
    await project.run('import', await translated(project, { 'main/account-number/help': 'Está en su extracto.' }));
    expect(parse(await project.read('prompts/es-ES/main.yaml'))).toMatchObject({
      prompts: {
        'account-number': { ask: 'Su número, por favor.', help: 'Está en su extracto.' },
        balance: 'Su saldo es de {Balance}.',
      },
    });
  });

  it('the default language itself can be worked over in a spreadsheet', async () => {
    const project = await make();
    const file = await translated(project, { 'two-factor/verified': 'Thanks, that is right.' }, 'en-US');
    const { stdout } = await project.run('import', file);
    expect(stdout).toContain('    - Thank you, you are verified.\n    + Thanks, that is right.\n');
    expect(await project.read('prompts/en-US/two-factor.yaml')).toContain('  verified: "Thanks, that is right."\n');
  });

  it('warns of what should be looked at, and takes it all the same', async () => {
    const project = await make({
      'callflows/more.yaml': MORE,
      'prompts/en-US/more.yaml': 'locale: en-US\nprompts: { hello: { text: "Hello.", audio: hello.wav } }\n',
      'prompts/es-ES/more.yaml': 'locale: es-ES\nprompts: { hello: { text: "Hola.", audio: hello.wav } }\n',
      'prompts/en-US/audio/hello.wav': wav(),
      'prompts/es-ES/audio/hello.wav': wav(),
    });
    const file = await translated(project, {
      'more/hello': '¡Hola!',
      'two-factor/greeting': 'Antes de nada: su identidad.',
      'two-factor/wrong-code/ask': 'No coincide. Introduzca las {digits} cifras.',
      'two-factor/sms': `{code} es su código. ${'Gracias. '.repeat(12)}`,
    });
    await project.edit('prompts/en-US/two-factor.yaml', 'Before we go on', 'Before anything else');
    const { code, stderr } = await project.run('import', file);
    expect(code).toBe(0);
    expect(stderr).toMatchInlineSnapshot(`
      "Please look at this: row 22 (hello of more): the recording "hello.wav" still says the old words
      Please look at this: row 23 (greeting of two-factor): the text in en-US has changed since the export: does the translation still say the same?
      Please look at this: row 32 (wrong-code (ask) of two-factor): {left} is missing
      Please look at this: row 48 (message sms of two-factor): {minutes} is missing
      Please look at this: row 48 (message sms of two-factor): a text message of 129 characters is not sent; this one may have 70
      es-ES lacks nothing now.
      "
    `);
    expect(await project.read('prompts/es-ES/more.yaml')).toBe(
      'locale: es-ES\nprompts: { hello: { text: "¡Hola!", audio: hello.wav } }\n',
    );
  });
});

describe('a file that cannot be taken changes nothing', () => {
  it('every text that is wrong is listed, and the right ones are not taken either', async () => {
    const project = await make();
    const before = await project.prompts();
    const file = await translated(project, {
      'standard/goodbye': '<slow>Adiós.</slow>',
      'main/balance': 'Su saldo es de {Saldo}.',
      'two-factor/greeting': 'Hola {',
      'two-factor/verified': '<b>Gracias.</b>',
      'two-factor/new-code': 'Le enviamos otro.',
    });
    const { code, stdout, stderr } = await project.run('import', file);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatchInlineSnapshot(`
      "The translation cannot be taken as it stands:
        row 14 (goodbye of standard): <slow> is not in the text that is translated
        row 18 (balance of main): {Saldo} is not in the text that is translated
        row 22 (greeting of two-factor): it cannot be read: expect argument closing brace
        row 45 (verified of two-factor): it cannot be read: the tag <b> is not known; tags: <digits> <pause> <slow> <spell>
      Nothing was written. Mend what is listed, in the file, and import it again.
      "
    `);
    expect(await project.prompts()).toEqual(before);
  });

  const HEAD = 'callflow,prompt,variant,kind,source: en-US,target: es-ES\n';
  it.each([
    [
      'of another project',
      `${HEAD}other,hello,,prompt,Hello.,Hola.\n`,
      'it is for another project: none of its texts is known here',
    ],
    [
      'with a text that was renamed',
      `${HEAD}main,balance,,prompt,x,x {Balance}\nmain,saldo,,prompt,x,x\n`,
      'row 3: there is no "saldo of main" here; was it renamed since the export?',
    ],
    [
      'with a text of another kind',
      `${HEAD}main,balance,,prompt,x,x\nmain,balance,,message,x,x\n`,
      'row 3: there is no "message balance of main" here',
    ],
    [
      'with a text twice',
      `${HEAD}main,balance,,prompt,x,Uno {Balance}\nmain,balance,,prompt,x,Dos {Balance}\n`,
      'row 3 (balance of main): row 2 has another text for it',
    ],
    [
      'from another language',
      `${HEAD.replace('en-US', 'de-DE')}main,balance,,prompt,x,x\n`,
      'it is translated from de-DE, and the texts of this project are translated from en-US (DEFAULT_LOCALE)',
    ],
    [
      'into something that is no locale',
      `${HEAD.replace('es-ES', '../../etc')}main,balance,,prompt,x,x {Balance}\n`,
      'it is translated into "../../etc", which is no locale',
    ],
    [
      'into no language',
      `${HEAD.replace(': es-ES', '')}main,balance,,prompt,x,x\n`,
      'it does not say into which language it is translated',
    ],
    ['without any text', HEAD, 'there is no text in it'],
    [
      'with one name of two keys',
      `${HEAD.replace('es-ES', 'fr-FR')}standard,key-names,star,frame,star,étoile\n`,
      'prompts/fr-FR/standard.yaml:2:1  error CF103  "hash" is missing.',
    ],
    [
      'in another encoding',
      Buffer.from(`${HEAD}main,balance,,prompt,x,{Balance} d\xe9j\xe0\n`, 'latin1'),
      'it is not in UTF-8',
    ],
  ])('%s', async (_what, content, message) => {
    const project = await make({ 'back.csv': content });
    const before = await project.prompts();
    const { code, stdout, stderr } = await project.run('import', project.path('back.csv'));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('Nothing was written.');
    expect(await project.prompts()).toEqual(before);
  });

  it('but a tool may write the languages in its own way, and a spreadsheet in UTF-16', async () => {
    const text = HEAD.replace('en-US', 'en_us').replace('es-ES', 'ES-es');
    const table = `\ufeff${text}main,balance,,prompt,x,Tiene {Balance}.\n`;
    const project = await make({ 'back.csv': Buffer.from(table, 'utf16le') });
    expect((await project.run('import', project.path('back.csv'))).stdout).toContain('prompts/es-ES/main.yaml: 1 text');
  });
});

it('runs from the command line; a wrong option of a subcommand is wrong usage', async () => {
  const run = async (...args: readonly string[]) => {
    const program = new Program(['prompts', ...args]);
    return { code: await program.exited, stdout: program.stdout, stderr: program.stderr };
  };
  expect(await run('missing')).toMatchObject({ code: 0, stderr: '' });
  expect(await run('missing', '--lokale', 'x')).toMatchObject({ code: 2, stdout: '' });
  expect(await run('export', '--format', 'pdf')).toMatchObject({ code: 2, stdout: '' });
  expect((await run('--help')).stdout).toContain('missing [options]');
});

/** `-` and `+` lines of all files, in their order. */
function changedLines(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): string {
  return Object.keys(after)
    .flatMap((file) => {
      const [old, now] = [before[file] ?? '', after[file] ?? ''].map((text) => text.split('\n')) as [
        string[],
        string[],
      ];
      const removed = old.filter((line) => !now.includes(line)).map((line) => `- ${line}`);
      const added = now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`);
      return removed.length + added.length === 0 ? [] : [file, ...removed, ...added];
    })
    .join('\n');
}
