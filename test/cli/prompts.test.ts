import Papa from 'papaparse';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { wav } from '../support/audio.ts';
import { Program } from '../support/process.ts';
import { ProjectFolder } from './prompts/project-folder.ts';

const projects: ProjectFolder[] = [];
afterEach(async () => {
  for (const project of projects.splice(0)) await project.remove();
});

async function make(files: Parameters<typeof ProjectFolder.make>[0] = {}): Promise<ProjectFolder> {
  const project = await ProjectFolder.make(files);
  projects.push(project);
  return project;
}

const MORE = {
  'callflows/more.yaml':
    'callflow: more\nstart: hello\nexits: { bye: { hang-up: true } }\nblocks:\n  hello: { say: hello, next: bye }\n',
  'prompts/en-US/more.yaml': 'locale: en-US\nprompts: { hello: { text: "Hello.", audio: hello.wav } }\n',
  'prompts/en-US/audio/hello.wav': wav(),
};

describe('dialproof prompts missing', () => {
  it('says of every language that nothing is missing, and exits 0', async () => {
    const { code, stdout } = await (await make()).run('missing');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'en-US (default): nothing is missing\n\nes-ES: nothing is missing\n',
    });
  });

  it('lists what callflows need, what only the default language has, and what nothing says; exits 1', async () => {
    const project = await make({ ...MORE, 'prompts/en-US/gone.yaml': 'locale: en-US\n' });
    await project.edit('prompts/es-ES/line.yaml', '  hello:', '  helo:');
    await project.edit('prompts/es-ES/line.yaml', '    help:', '    hlep:');
    await project.edit('prompts/es-ES/line.yaml', 'send: "Para', 'sned: "Para');
    await project.edit('prompts/es-ES/line.yaml', '  sms:', '  mms:');
    await project.edit('prompts/es-ES/standard.yaml', 'zero-item: ', '# zero-item: ');
    await project.edit('prompts/en-US/line.yaml', '  hello:', '  old-hello: "Hi."\n  hello:');
    const { code, stdout } = await project.run('missing');
    expect(code).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
      "en-US (default): nothing is missing
        unused: all of prompts/en-US/gone.yaml, since there is no callflow "gone"
        unused: old-hello in prompts/en-US/line.yaml

      es-ES: 5 texts missing
        prompts/es-ES/standard.yaml lacks:
          zero-item
        prompts/es-ES/line.yaml lacks:
          hello
          number (help)
          choose (send)
          message sms
        not spoken by more: callers of it hear en-US
        unused: helo in prompts/es-ES/line.yaml
        unused: number (hlep) in prompts/es-ES/line.yaml
        unused: choose (sned) in prompts/es-ES/line.yaml
        unused: message mms in prompts/es-ES/line.yaml
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
                "callflow": "line",
                "kind": "prompt",
                "prompt": "hello",
                "variant": null,
              },
              {
                "callflow": "line",
                "kind": "prompt",
                "prompt": "number",
                "variant": "help",
              },
              {
                "callflow": "line",
                "kind": "prompt",
                "prompt": "choose",
                "variant": "send",
              },
              {
                "callflow": "line",
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
                "callflow": "line",
                "kind": "prompt",
                "prompt": "helo",
                "variant": null,
              },
              {
                "callflow": "line",
                "kind": "prompt",
                "prompt": "number",
                "variant": "hlep",
              },
              {
                "callflow": "line",
                "kind": "prompt",
                "prompt": "choose",
                "variant": "sned",
              },
              {
                "callflow": "line",
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
    const project = await make({
      'prompts/es-ES/line.yaml':
        'locale: es-ES\nprompts: { hello: "Hola.", number: "¿Número?", choose: "¿Qué?" }\nmessages: { email: "{code}", sms: "{code}" }\n',
    });
    expect((await project.run('missing', '--locale', 'es-ES')).stdout).toMatchInlineSnapshot(`
      "es-ES: 2 texts missing
        prompts/es-ES/line.yaml lacks:
          choose (number)
          choose (send)
      "
    `);
  });

  it('a callflow that uses a built-in one has its prompts, and needs none of its own', async () => {
    const project = await make({
      'callflows/line.yaml': 'callflow: line\nuse: builtin/two-factor\n',
      'prompts/en-US/line.yaml': 'locale: en-US\nprompts: { greeting: "Welcome." }\n',
      'prompts/es-ES/line.yaml': 'locale: es-ES\n',
    });
    await project.copyShipped('prompts/en-US/two-factor.yaml', 'prompts/es-ES/two-factor.yaml');
    expect((await project.run('missing')).stdout).toBe(
      'en-US (default): nothing is missing\n\nes-ES: nothing is missing\n',
    );
  });

  it('of a language that there is nothing of, it lists the standard prompts', async () => {
    const { code, stdout } = await (await make()).run('missing', '--locale', 'fr-FR');
    expect(code).toBe(1);
    expect(stdout).toContain('fr-FR: 16 texts missing\n  prompts/fr-FR/standard.yaml lacks:\n    menu-item\n');
    expect(stdout).toContain('  not spoken by line: callers of it hear en-US\n');
  });

  it.each([
    ['a language that is none', ['missing', '--locale', 'french'], '"french" is no locale.'],
    ['a new language that is none', ['export', '--locale', 'klingon'], '"klingon" is no locale.'],
    ['a file that is not there', ['import', 'nothing.csv'], '"nothing.csv" cannot be read (ENOENT).'],
    ['a folder that is not there', ['export', '--out', '/no/such/folder/a.csv'], 'cannot be written (ENOENT).'],
  ])('%s is wrong usage', async (_what, args, message) => {
    const { code, stdout, stderr } = await (await make()).run(...args);
    expect({ code, stdout, stderr: stderr.includes(message) }).toEqual({ code: 2, stdout: '', stderr: true });
  });

  it('a file that cannot be read stops it: 3, with the finding', async () => {
    const project = await make();
    await project.edit('prompts/es-ES/line.yaml', 'Gracias, {Number}', 'Gracias, {Number');
    const { code, stderr } = await project.run('missing');
    expect(code).toBe(3);
    expect(stderr).toContain('prompts/es-ES/line.yaml:11:');
    expect(stderr).toContain('error CF301');
  });
});

describe('dialproof prompts export', () => {
  it('takes the only other language, and CSV, unless told otherwise; says on stderr how much there is to do', async () => {
    const { code, stdout, stderr } = await (await make()).run('export');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: '25 texts from en-US into es-ES, 0 of them without a translation.\n',
    });
    const [head, ...rows] = rowsOf(stdout);
    expect(head).toEqual(['callflow', 'prompt', 'variant', 'kind', 'source: en-US', 'target: es-ES', 'audio', 'note']);
    expect(rows.filter(([callflow]) => callflow === 'line')).toMatchInlineSnapshot(`
      [
        [
          "line",
          "hello",
          "",
          "prompt",
          "Welcome.",
          "Bienvenido.",
          "",
          "",
        ],
        [
          "line",
          "number",
          "ask",
          "prompt",
          "Please enter your number.",
          "Introduzca su número.",
          "",
          "",
        ],
        [
          "line",
          "number",
          "again",
          "prompt",
          "Your number, please.",
          "Su número, por favor.",
          "",
          "",
        ],
        [
          "line",
          "number",
          "help",
          "prompt",
          "It stands on your card.",
          "Está en su tarjeta.",
          "",
          "",
        ],
        [
          "line",
          "choose",
          "ask",
          "prompt",
          "Thank you, {Number}. What next?",
          "Gracias, {Number}. ¿Qué desea?",
          "",
          "Keep {Number}.",
        ],
        [
          "line",
          "choose",
          "number",
          "prompt",
          "To enter another number",
          "Para introducir otro número",
          "",
          "",
        ],
        [
          "line",
          "choose",
          "send",
          "prompt",
          "To get a code",
          "Para recibir un código",
          "",
          "",
        ],
        [
          "line",
          "email",
          "",
          "message",
          "Your code is {code}.

      It works for {minutes, plural, one {# minute} other {# minutes}}.
      ",
          "Su código es {code}.

      Vale {minutes, plural, one {# minuto} other {# minutos}}.
      ",
          "",
          "Keep {code}, {minutes}.",
        ],
        [
          "line",
          "sms",
          "",
          "message",
          "{code} is your code. It works for {minutes} minutes.",
          "{code} es su código. Vale {minutes} minutos.",
          "",
          "Keep {code}, {minutes}. A text message: at most 160 characters with everything filled in, or 70 where one of them is outside the basic alphabet of SMS.",
        ],
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

  it('says what is recorded', async () => {
    const rows = rowsOf((await (await make(MORE)).run('export')).stdout);
    expect(rows.find(([callflow]) => callflow === 'more')?.slice(4)).toEqual([
      'Hello.',
      '',
      'hello.wav',
      'Recorded: another language needs its own recording.',
    ]);
  });
});

function rowsOf(csv: string): string[][] {
  return Papa.parse<string[]>(csv.replace('\ufeff', ''), { skipEmptyLines: true }).data;
}

/** As in `line/number/ask`. */
function nameOf(row: readonly string[]): string {
  return row
    .slice(0, 3)
    .filter((each) => each !== '')
    .join('/');
}

/** The exported file with some targets filled in, as a spreadsheet of another country saves it. */
async function translated(
  project: ProjectFolder,
  targets: Readonly<Record<string, string>>,
  locale = 'es-ES',
): Promise<string> {
  const rows = rowsOf((await project.run('export', '--locale', locale)).stdout);
  for (const row of rows) row[5] = targets[nameOf(row)] ?? row[5] ?? '';
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
      'line/hello': 'Hola.',
      'line/choose/send': 'Para un código',
      'line/email': 'Su código: {code}.\n\nVale {minutes} minutos.\n',
    });
    const { code, stdout, stderr } = await project.run('import', file);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'es-ES lacks nothing now.\n' });
    expect(stdout).toMatchInlineSnapshot(`
      "prompts/es-ES/line.yaml: 3 texts
        hello
          - Bienvenido.
          + Hola.
        choose (send)
          - Para recibir un código
          + Para un código
        message email
          - Su código es {code}. / Vale {minutes, plural, one {# minuto} other {# minutos}}.
          + Su código: {code}. / Vale {minutes} minutos.
      "
    `);
    expect(changedLines(before, await project.prompts())).toMatchInlineSnapshot(`
      "es-ES/line.yaml
      -   hello: 'Bienvenido.'            # as short as it can be
      -   choose: { ask: "Gracias, {Number}. ¿Qué desea?", number: "Para introducir otro número", send: "Para recibir un código" }
      -     Su código es {code}.
      -     Vale {minutes, plural, one {# minuto} other {# minutos}}.
      +   hello: "Hola."            # as short as it can be
      +   choose: { ask: "Gracias, {Number}. ¿Qué desea?", number: "Para introducir otro número", send: "Para un código" }
      +     Su código: {code}.
      +     Vale {minutes} minutos."
    `);
  });

  it('brings a new language, complete, in the order of the default one', async () => {
    const project = await make();
    const [, ...rows] = rowsOf((await project.run('export', '--locale', 'nl-NL')).stdout);
    const all = Object.fromEntries(rows.map((row) => [nameOf(row), row[4] ?? '']));
    expect(await project.run('import', await translated(project, all, 'nl-NL'))).toEqual({
      code: 0,
      stdout: 'prompts/nl-NL/standard.yaml (new): 16 texts\nprompts/nl-NL/line.yaml (new): 9 texts\n',
      stderr:
        'A new language has a voice of its own: name one as `voice:` in prompts/nl-NL/standard.yaml.\nnl-NL lacks nothing now.\n',
    });
    const english = await project.read('prompts/en-US/line.yaml');
    expect(await project.read('prompts/nl-NL/line.yaml')).toBe(english.replace('en-US', 'nl-NL'));
    expect((await project.run('missing', '--locale', 'nl-NL')).code).toBe(0);
  });

  it('of a language in part says how much is left', async () => {
    const project = await make();
    const file = await translated(project, { 'standard/goodbye': 'Au revoir.', 'standard/silence': 'Rien.' }, 'fr-FR');
    const { stderr } = await project.run('import', file);
    expect(stderr).toContain(
      'fr-FR still lacks 14 texts; the server does not start without those that callers need: dialproof prompts missing --locale fr-FR\n',
    );
    expect(await project.read('prompts/fr-FR/standard.yaml')).toBe(
      'locale: fr-FR\nprompts:\n  silence: "Rien."\n  goodbye: "Au revoir."\n',
    );
  });

  it('an empty cell takes nothing away', async () => {
    const project = await make();
    const before = await project.prompts();
    await project.run('import', await translated(project, { 'line/hello': '', 'line/number/help': '  ' }));
    expect(await project.prompts()).toEqual(before);
  });

  it('puts a variant beside the only text of a prompt, which becomes its question', async () => {
    const project = await make();
    await project.edit(
      'prompts/es-ES/line.yaml',
      '\n    ask: "Introduzca su número."\n    again: "Su número, por favor."\n    help: "Está en su tarjeta."',
      ' "¿Su número?"',
    );
    await project.run('import', await translated(project, { 'line/number/help': 'Mire su tarjeta.' }));
    const { prompts } = parse(await project.read('prompts/es-ES/line.yaml')) as { prompts: Record<string, unknown> };
    expect(prompts['number']).toEqual({ ask: '¿Su número?', help: 'Mire su tarjeta.' });
  });

  it('the default language itself can be worked over in a spreadsheet', async () => {
    const project = await make();
    const file = await translated(project, { 'line/number/help': 'Look at your card.' }, 'en-US');
    expect((await project.run('import', file)).stdout).toContain(
      '    - It stands on your card.\n    + Look at your card.\n',
    );
    expect(await project.read('prompts/en-US/line.yaml')).toContain('    help: "Look at your card."\n');
  });

  it('says what should be looked at, by itself and by the rules, and takes it all the same', async () => {
    const project = await make({
      ...MORE,
      'prompts/es-ES/more.yaml': 'locale: es-ES\nprompts: { hello: { text: "Hola.", audio: hello.wav } }\n',
      'prompts/es-ES/audio/hello.wav': wav(),
    });
    const file = await translated(project, {
      'more/hello': '¡Hola!',
      'line/number/ask': '¿Qué número tiene?',
      'line/choose/ask': 'Gracias. ¿Qué desea?',
      'line/sms': `{code} es su código. ${'Gracias. '.repeat(12)}`,
    });
    await project.edit('prompts/en-US/line.yaml', 'Please enter', 'Now enter');
    const { code, stderr } = await project.run('import', file);
    expect(code).toBe(0);
    // Findings are worded elsewhere: here, which they are.
    expect(stderr.replaceAll(/^(\S+:\d+:\d+) +(\w+ CF\d+).*\n(?: .*\n)+/gm, '$1 $2 ...\n')).toMatchInlineSnapshot(`
      "Please look at this: row 19 (number (ask) of line): the text in en-US has changed since the export
      Please look at this: row 22 (choose (ask) of line): {Number} is missing
      Please look at this: row 26 (message sms of line): {minutes} is missing
      Please look at this: row 27 (hello of more): the recording "hello.wav" still says the old words
      prompts/es-ES/line.yaml:17:137 warning CF328 ...
      prompts/es-ES/line.yaml:17:23 error CF323 ...
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
      'line/number/ask': '<slow>Introduzca su número.</slow>',
      'line/choose/ask': 'Gracias, {Numero}. ¿Qué desea?',
      'line/hello': 'Hola {',
      'line/choose/send': '<b>Código</b>',
      'line/number/help': 'Mire su tarjeta.',
    });
    const { code, stdout, stderr } = await project.run('import', file);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatchInlineSnapshot(`
      "The translation cannot be taken as it stands:
        row 18 (hello of line): it cannot be read: "{" is never closed. Write {}.
        row 19 (number (ask) of line): <slow> is not in the text that is translated
        row 22 (choose (ask) of line): {Numero} is not in the text that is translated
        row 24 (choose (send) of line): it cannot be read: the tag <b> is not known. The tags are <digits> <pause> <slow> <spell>.
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
      `${HEAD}line,hello,,prompt,x,x\nline,hallo,,prompt,x,x\n`,
      'row 3: there is no "hallo of line" here; was it renamed since the export?',
    ],
    [
      'with a text of another kind',
      `${HEAD}line,hello,,prompt,x,x\nline,hello,,message,x,x\n`,
      'row 3: there is no "message hello of line" here',
    ],
    [
      'with a text twice',
      `${HEAD}line,hello,,prompt,x,Uno\nline,hello,,prompt,x,Dos\n`,
      'row 3 (hello of line): row 2 has another text for it',
    ],
    [
      'from another language',
      `${HEAD.replace('en-US', 'de-DE')}line,hello,,prompt,x,x\n`,
      'it is translated from de-DE, and the texts of this project are translated from en-US (DEFAULT_LOCALE)',
    ],
    [
      'into something that is no locale',
      `${HEAD.replace('es-ES', '../../etc')}line,hello,,prompt,x,x\n`,
      'it is translated into "../../etc", which is no locale',
    ],
    [
      'into no language',
      `${HEAD.replace(': es-ES', '')}line,hello,,prompt,x,x\n`,
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
      Buffer.from(`${HEAD}line,hello,,prompt,x,d\xe9j\xe0\n`, 'latin1'),
      'it is not in UTF-8, so letters with accents would be lost; save it again as "CSV UTF-8"',
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

  it('what is printed of it moves no cursor and sets no colour', async () => {
    const project = await make();
    const escaped = { 'line/hello': '\u001b[31mHola\u001b]0;x\u0007' };
    const taken = await project.run('import', await translated(project, escaped));
    await project.write('strange.csv', `${HEAD}line,hello,,prompt,x,x\n\u001b[2J,hello,,prompt,x,x\n`);
    const refused = await project.run('import', project.path('strange.csv'));
    expect(taken.stdout).toContain('+ \ufffd[31mHola');
    expect(refused.stderr).toContain('"hello of \ufffd[2J"');
    for (const printed of [taken.stdout, taken.stderr, refused.stderr]) expect(printed).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it('but a tool may write the languages in its own way, and a spreadsheet in UTF-16', async () => {
    const head = HEAD.replace('en-US', 'en_us').replace('es-ES', 'ES-es');
    const table = `\ufeff${head}line,hello,,prompt,Welcome.,Hola.\n`;
    const project = await make({ 'back.csv': Buffer.from(table, 'utf16le') });
    expect((await project.run('import', project.path('back.csv'))).stdout).toContain('prompts/es-ES/line.yaml: 1 text');
  });
});

it('runs from the command line on the shipped project; a wrong option of a subcommand is wrong usage', async () => {
  const run = async (...args: readonly string[]) => {
    const program = new Program(['prompts', ...args]);
    return { code: await program.exited, stdout: program.stdout };
  };
  expect(await run('missing')).toEqual({
    code: 0,
    stdout: 'en-US (default): nothing is missing\n\nes-ES: nothing is missing\n',
  });
  expect(await run('missing', '--lokale', 'x')).toEqual({ code: 2, stdout: '' });
  expect(await run('export', '--format', 'pdf')).toEqual({ code: 2, stdout: '' });
}, 60_000);

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
