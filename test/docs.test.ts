import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseEnv } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { HANDOVERS } from '../src/adapters/handover/index.ts';
import { WEB_SERVICES } from '../src/adapters/web-service/index.ts';
import { createProgram } from '../src/cli/program.ts';
import { readEnvironment, SETTINGS } from '../src/cli/environment.ts';
import { createDeliveries } from '../src/cli/serve/deliveries.ts';
import { TRY_IT } from '../src/cli/serve/try-it.ts';
import { VERBS } from '../src/core/blocks/index.ts';
import { loadWordings, STANDARD_PROMPTS } from '../src/core/call/prompts.ts';
import { CALLFLOW_VARIABLES } from '../src/core/callflow/environment.ts';
import { loadCallflow } from '../src/core/callflow/load.ts';
import { callflowSchema } from '../src/core/callflow/schema.ts';
import { formatDuration } from '../src/core/duration.ts';
import { ERRORS } from '../src/core/errors.ts';
import { settingsSchema } from '../src/core/settings.ts';
import { readContactMethods } from '../src/core/verification/contact-methods.ts';
import { audioIn, check, fileOf, filesWith } from './docs/examples.ts';
import { anchor, fences, headings, links, readPage, tables, type Page } from './docs/markdown.ts';
import { recorder } from './docs/recorder.ts';
import { callAsTyped } from './docs/typed-call.ts';
import { World } from './support/world.ts';

const readme = readPage('README.md');
const security = readPage('SECURITY.md');
const pages: readonly Page[] = [
  readme,
  security,
  readPage('src/cli/init/project-readme.md'),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => readPage(path.posix.join('docs', name))),
];
const [callflows, designers, errors, operators] = ['callflows', 'designers', 'errors', 'operators'].map((name) =>
  readPage(`docs/${name}.md`),
) as [Page, Page, Page, Page];

/** The table of a page whose first column has this name. */
function table(page: Page, first: string, under?: string): readonly (readonly string[])[] {
  const found = tables(page).find((each) => each.head[0] === first && (under === undefined || each.under === under));
  if (found === undefined) throw new Error(`${page.file} has no table of "${first}"`);
  return found.rows;
}

const code = (text: string): string => `\`${text}\``;
const names = (cell = ''): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');

describe('settings of the environment', () => {
  const settings = Object.entries(SETTINGS);

  it('stand in the README, each with its default and meaning', () => {
    expect(table(readme, 'setting')).toEqual(
      settings.map(([name, { by, means }]) => [code(name), by === '' ? '' : code(by), means]),
    );
  });

  it('stand in .env.example, each with its meaning, commented out with its default', () => {
    const text = readFileSync('.env.example', 'utf8');
    const blocks = [...text.matchAll(/^# (.+)\n(?:# \(default: (.+)\)\n)?#([A-Z_]+)=(.*)$/gm)];
    expect(blocks.map(([, means, spoken, name, value]) => [name, spoken ?? value, means])).toEqual(
      settings.map(([name, { by, means }]) => [name, by, means]),
    );
  });

  it('can be used as they stand in .env.example', () => {
    const uncommented = readFileSync('.env.example', 'utf8').replaceAll(/^#([A-Z_]+=)/gm, '$1');
    expect(Object.keys(parseEnv(uncommented)).toSorted()).toEqual(Object.keys(SETTINGS).toSorted());
    expect(readEnvironment(parseEnv(uncommented))).toMatchObject({ PORT: 3000, SENDS_PER_HOUR: 1000 });
  });

  it('all have a theme in docs/operators.md', () => {
    expect(
      table(operators, 'theme')
        .flatMap(([, cell]) => names(cell))
        .toSorted(),
    ).toEqual(Object.keys(SETTINGS).toSorted());
  });
});

describe('dependencies', () => {
  const manifest = z
    .object({
      scripts: z.record(z.string(), z.string()),
      dependencies: z.record(z.string(), z.string()),
      devDependencies: z.record(z.string(), z.string()),
    })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')));

  it.each([
    ['package', manifest.dependencies],
    ['package for development', manifest.devDependencies],
  ])('stand in the README, under "%s", each with what it is for', (first, entries) => {
    const rows = table(readme, first);
    expect(rows.map(([name]) => name)).toEqual(Object.keys(entries).map(code));
    expect(rows.filter(([, what = '']) => what.length < 10)).toEqual([]);
  });

  const commands = pages.flatMap((page) =>
    fences(page)
      .filter(({ language }) => language === 'sh')
      .flatMap(({ text }) => text.trim().split('\n'))
      .flatMap((line) => line.split(' && '))
      .map((command) => [page.file, command] as const),
  );
  const program = createProgram(() => ({}));

  it.each(commands.filter(([, command]) => command.startsWith('npm ')))('%s: npm knows `%s`', (_file, command) => {
    expect([
      'npm ci',
      ...Object.keys(manifest.scripts).flatMap((name) => [`npm ${name}`, `npm run ${name}`]),
    ]).toContain(command);
  });

  it.each(commands.filter(([, command]) => !command.startsWith('npm ')))('%s: there is `%s`', (_file, command) => {
    const [npx, bin, name, ...words] = command.split(' ');
    expect([npx, bin]).toEqual(['npx', 'dialproof']);
    const main = program.commands.find((each) => each.name() === name);
    const subcommand = main?.commands.find((each) => each.name() === words[0]);
    const options = (subcommand ?? main)?.options.map(({ long }) => long);
    expect(options).toEqual(expect.arrayContaining(words.filter((word) => word.startsWith('--'))));
  });

  it('all stand in the README, in the order of the help', () => {
    expect(table(readme, 'command').map(([name]) => name)).toEqual(program.commands.map((each) => code(each.name())));
  });

  it('are what the gate tests by the commands of the README', () => {
    expect(commands.map(([, command]) => command)).toEqual(expect.arrayContaining(['npm ci', 'npm test', 'npm start']));
    expect(readFileSync('.ci/run', 'utf8').split('\n')).toEqual(expect.arrayContaining(['npm ci', 'npm test']));
  });
});

describe('the callflow language in docs/callflows.md', () => {
  it('has every verb with what it does and all of its keys', () => {
    expect(table(callflows, 'verb').map(([verb, what, keys]) => [verb, what, names(keys).toSorted()])).toEqual(
      [...VERBS.values()].map(({ name, summary, schema }) => [code(name), summary, keysOf(schema).toSorted()]),
    );
  });

  it.each([...VERBS.values()].map(({ name, example }) => [name, example]))(
    'shows the example of %s',
    (name, example) => {
      const shown = fences(callflows).find(({ under }) => under === name);
      expect(shown?.text).toBe(`# a block\n${example}\n`);
    },
  );

  it('has every part of the file', () => {
    expect(table(callflows, 'key', 'The parts of the file').map(([key]) => key)).toEqual(
      keysOf(callflowSchema).map(code),
    );
  });

  it('has every setting with its default (G70)', () => {
    const shown = table(callflows, 'setting').map(([name = '', by = '']) => [
      names(name)[0],
      /^`([^`]+)`$/.exec(by)?.[1],
    ]);
    const defaults = settingsSchema.parse({});
    const settings = leaves(jsonSchema(settingsSchema)).map((name) => name.replace(/^otp-nodes\..*/, 'otp-nodes'));
    expect(shown).toEqual([...new Set(settings)].map((name) => [name, written(at(defaults, name))]));
  });

  it('D17: has every setting of the OTP nodes, and says which of them belong to the hub', () => {
    const named = table(callflows, 'theirs').flatMap(([name]) => names(name));
    const hub = /`Org ID`, `API Key`, `Base URL` and `Policy` belong/.exec(callflows.text)?.[0];
    const nodes = leaves(jsonSchema(settingsSchema)).flatMap((name) => /^otp-nodes\.(.*)/.exec(name)?.[1] ?? []);
    expect([...named, ...names(hub)].toSorted()).toEqual(nodes.toSorted());
  });

  it('has the standard prompts, and the names of the environment that callflows may use', () => {
    const standard = fences(callflows).find(({ text }) => text.startsWith('# prompts/en-US/standard.yaml'));
    expect([...(standard?.text.matchAll(/^ {2}([a-z-]+):/gm) ?? [])].map((match) => match[1])).toEqual(
      STANDARD_PROMPTS,
    );
    const sentence = /Callflows may use (.*?)\sand any name/s.exec(callflows.text)?.[1];
    expect(names(sentence)).toEqual(CALLFLOW_VARIABLES);
  });
});

describe('examples', () => {
  const yaml = pages
    .filter((page) => page !== errors)
    .flatMap((page) => fences(page).map((fence) => ({ page, fence })))
    .filter(({ fence }) => fence.language === 'yaml');

  it('say in their first line what they are: a file, part of one, or a block', () => {
    const said =
      /^# (?:(?:callflows|prompts\/[\w-]+|test\/calls)\/[\w-]+\.yaml(?:, in part)?|part of a (?:callflow|prompt file)|a block)\n/;
    expect(yaml.filter(({ fence }) => !said.test(fence.text))).toEqual([]);
    expect(yaml.filter(({ fence }) => fileOf(fence) !== null).length).toBeGreaterThan(4);
  });

  it.each([readme, callflows, designers])('$file: its files load without findings', (page) => {
    expect(check(filesWith(fences(page))).printed).toBe('');
  });

  it('in part are taken by the loader where they belong', () => {
    const whole = 'callflow: tiny\nstart: hello\nblocks:\n  hello: { say: goodbye, next: error }\n';
    const parts = yaml.filter(({ fence }) => fence.text.startsWith('# part of a callflow\n'));
    expect(parts.map(({ fence }) => loadCallflow({ file: 'part', text: whole + fence.text }, {}).findings)).toEqual(
      parts.map(() => []),
    );
    const prompts = yaml.filter(({ fence }) => fence.text.startsWith('# part of a prompt file\n'));
    for (const { fence } of prompts)
      expect(loadWordings({ file: 'part', text: `locale: en-US\n${fence.text}` }, null).findings).toEqual([]);
    const messages = yaml.filter(({ fence }) => fence.text.includes('.yaml, in part\n'));
    for (const { fence } of messages) {
      const file = /^# (\S+), in part/.exec(fence.text)?.[1] ?? '';
      const shipped = filesWith([]).get(file) ?? '';
      const text = shipped.slice(0, shipped.indexOf('messages:')) + fence.text;
      expect(check(new Map([...filesWith([]), [file, text]])).printed).toBe('');
    }
  });
});

describe('what docs/designers.md says is guarded', () => {
  const file = 'callflows/balance-line.yaml';
  const told = (...changes: readonly (readonly [from: string, to: string])[]): readonly string[] => {
    const files = filesWith(fences(designers));
    const text = changes.reduce((line, [from, to]) => line.replace(from, to), files.get(file) ?? '');
    return check(new Map([...files, [file, text]])).findings.map(({ code: found }) => found);
  };
  const open = ['agent: queue', 'agent: balance'] as const;

  it('a way without a code to the block behind it is an error where the call goes on to success, else a warning', () => {
    expect(told(open)).toEqual(['CF220']);
    const ends = ['next: anything-else', 'next: queue'] as const;
    expect(told(open, ends, ends)).toContain('CF228');
  });

  it('a path of the link that is left out is no mistake', () => {
    expect(told(['agent: queue, ', ''])).toEqual([]);
  });
});

describe('the changes in docs/designers.md', () => {
  const rows = table(designers, 'you want');

  it.each(rows.map(([want = '', change = '']) => [want, change] as const))('%s: %s', (_want, change) => {
    const file = 'callflows/two-factor.yaml';
    const [first = '', second] = names(change);
    const written = parseDocument(filesWith([]).get(file) ?? '');
    if (second === undefined)
      for (const { at, value } of changesIn(parseDocument(first).toJS())) written.setIn(['settings', ...at], value);
    else written.setIn(['exits', first], parseDocument(second).contents);
    const before = check(filesWith([]));
    const after = check(new Map([...filesWith([]), [file, written.toString({ lineWidth: 0 })]]));
    expect(after.printed).toBe('');
    expect(after.library?.revision).not.toBe(before.library?.revision);
  });
});

/** Each value of a map, with where it stands. */
function changesIn(value: unknown, at: readonly string[] = []): readonly { at: readonly string[]; value: unknown }[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ at, value }];
  return Object.entries(value).flatMap(([key, inner]) => changesIn(inner, [...at, key]));
}

describe('docs/errors.md', () => {
  const sections = errors.text.split(/^### /m).slice(1);
  const titled = (title: string): string => sections.find((section) => section.startsWith(`${title}\n`)) ?? '';
  const titles = sections.map((section) => section.slice(0, section.indexOf('\n')));

  it('has every error, with what has happened and more', () => {
    expect(titles.filter((title) => !/^CF\d/.test(title))).toEqual(Object.keys(ERRORS));
    for (const [title, happened] of Object.entries(ERRORS)) {
      expect(titled(title)).toContain(`\n${happened}\n`);
      expect(titled(title).length).toBeGreaterThan(title.length + happened.length + 40);
    }
  });

  it('has every finding that the core reports', () => {
    const sources = readdirSync('src/core', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const used = sources.flatMap(
      (file) => readFileSync(path.join('src/core', file), 'utf8').match(/(?<=')CF\d{3}(?=')/g) ?? [],
    );
    expect(used.length).toBeGreaterThan(10);
    expect(titles.filter((title) => /^CF\d/.test(title))).toEqual([...new Set(used)].toSorted());
  });

  const examples = fences(errors).filter(({ language }) => language === 'text');
  it.each(examples.map(({ under, text }) => [under, text]))(
    '%s is what its example gets, word for word',
    (title, text) => {
      const files = filesWith(fences(errors).filter(({ under }) => under === title));
      const defaultLocale = /`DEFAULT_LOCALE=([\w-]+)`/.exec(titled(title))?.[1];
      const { findings, printed } = check(files, defaultLocale, audioIn(titled(title)));
      expect(new Set(findings.map((each) => each.code))).toEqual(new Set([title]));
      expect(printed).toBe(text);
    },
  );

  it('has an example for every finding', () => {
    expect(examples.map(({ under }) => under)).toEqual(titles.filter((title) => /^CF\d/.test(title)));
  });
});

describe('docs/operators.md', () => {
  it('has every field that is logged', () => {
    const allowed = /const FIELDS = \[(.*?)\]/s.exec(readFileSync('src/cli/log.ts', 'utf8'))?.[1] ?? '';
    const fields = [...allowed.matchAll(/'(\w+)'/g)].map((match) => match[1]);
    expect(fields.length).toBeGreaterThan(5);
    expect(table(operators, 'field').flatMap(([cell]) => names(cell))).toEqual(fields);
  });

  const gateways = fences(operators).filter(({ language }) => language === 'dotenv');

  it('has settings of two gateways and of Twilio to begin with', () => {
    expect(gateways.length).toBe(3);
  });

  it.each(gateways.map(({ under, text }) => [under, text]))(
    '%s gets the request that is shown (G16, G17, G18, G19, G21)',
    async (under, text) => {
      const service = await recorder('{"sid":"SM1"}');
      const settings = parseEnv(text);
      const environment = readEnvironment({
        ...settings,
        SMS_URL: settings['SMS_URL']?.replace(/^https?:\/\/[^/]+/, service.origin),
        TWILIO_API_URL: service.origin,
        SERVICE_HOSTS: new URL(service.origin).host,
      });
      const { library } = check(filesWith([]));
      const gateway = library === null ? undefined : createDeliveries(environment, library).get('sms');
      const message = { to: '+12025550121', from: '+12025550100', text: '123456 is your code & more', report: 'token' };
      expect(await gateway?.deliver(message)).toEqual({ outcome: 'sent' });
      await service.close();
      const shown = fences(operators).find((fence) => fence.under === under && fence.language === 'http');
      expect(service.requests).toEqual([shown?.text]);
    },
  );

  it('shows what the web service gets, and an answer that is understood', async () => {
    const shown = fences(operators).filter(({ under }) => under === 'The web service');
    const service = await recorder(shown.find(({ language }) => language === 'xml')?.text);
    const answer = await WEB_SERVICES.http({ hosts: [new URL(service.origin).host] }).call({
      url: `${service.origin}/contact-methods`,
      method: 'POST',
      parameters: { AccountNumber: '1001' },
      timeout: 1000,
    });
    await service.close();
    expect(service.requests).toEqual([shown.find(({ language }) => language === 'http')?.text]);
    expect(answer.kind === 'answer' && readContactMethods(answer.root)).toEqual({
      status: 'success',
      methods: [
        { name: 'email', value: 'ana@example.test' },
        { name: 'sms', value: '+12025550121' },
      ],
    });
  });
});

describe('the application in docs/operators.md that a call is handed over to', () => {
  const shown = fences(operators).find(({ language }) => language === 'js')?.text ?? '';
  const over = { url: 'https://other.example.com/ivr', studio: false, variables: { AccountNumber: '1001' } };

  async function receives(options: { readonly sealed: boolean; readonly now?: number; readonly call?: string }) {
    const { sealed, now = Date.now(), call = 'CA1' } = options;
    const folder = mkdtempSync(path.resolve('node_modules/.receiver-'));
    vi.stubEnv('TWILIO_AUTH_TOKEN', 'the auth token of both');
    try {
      const file = path.join(folder, 'handed-over.mjs');
      writeFileSync(file, shown);
      const { handedOver } = (await import(pathToFileURL(file).href)) as {
        handedOver: (url: string, form: Readonly<Record<string, string>>) => Promise<object>;
      };
      const from = { call: 'CA1', path: 'success', verified: true, now };
      const url = await HANDOVERS.query('the auth token of both').address({ ...over, sealed }, from);
      return await handedOver(url, { CallSid: call });
    } finally {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    }
  }

  it.each([true, false])('reads what the call comes with, sealed: %s', async (sealed) => {
    expect(await receives({ sealed })).toMatchObject({ path: 'success', verified: true, variables: over.variables });
  });

  it.each([true, false])('refuses it for another call, and when it is too old, sealed: %s', async (sealed) => {
    await expect(receives({ sealed, call: 'CA2' })).rejects.toThrow('unexpected "sub" claim value');
    await expect(receives({ sealed, now: Date.now() - 301_000 })).rejects.toThrow('"exp" claim timestamp check failed');
  });
});

describe('the attacks in SECURITY.md', () => {
  const rows = table(security, 'attack').map(([attack = '', happens = '', tests = '']) => ({ attack, happens, tests }));

  it('are a table of attack, what happens, test', () => {
    expect(tables(security)[0]?.head).toEqual(['attack', 'what happens', 'test']);
    expect(rows.length).toBeGreaterThan(30);
  });

  it.each(rows)('$attack: names one or two files that hold tests', ({ happens, tests }) => {
    expect(happens).not.toBe('');
    const files = links({ ...security, text: tests });
    expect([1, 2]).toContain(files.length);
    for (const file of files) {
      expect(file).toMatch(/^test\/.+\.ts$/);
      expect(readFileSync(file, 'utf8')).toMatch(/^ *(?:describe|it)[.(<]/m);
    }
  });
});

describe('links', () => {
  it.each(pages.map((page) => [page.file, page] as const))('%s: all of them lead somewhere', (_file, page) => {
    const dead = links(page)
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const [to = '', fragment] = link.split('#');
        const file = to === '' ? page.file : path.posix.join(path.posix.dirname(page.file), to);
        if (!existsSync(file)) return true;
        return fragment !== undefined && !headings(readPage(file)).map(anchor).includes(fragment);
      });
    expect(dead).toEqual([]);
  });
});

describe('calls', () => {
  const commandsOf = (page: Page): readonly string[] =>
    fences(page).flatMap(({ language, text }) =>
      language === 'sh' && text.startsWith('npx dialproof call') ? [text.trim()] : [],
    );

  it('of the README print what stands there, codes masked', async () => {
    const [first = ''] = commandsOf(readme);
    expect(first).toBe(TRY_IT);
    const world = await World.open();
    const printed = await callAsTyped(first, world).finally(() => world.close());
    expect(fences(readme).find(({ language }) => language === 'text')?.text).toBe(printed);
  });

  const examples = [readme, callflows].flatMap((page) =>
    commandsOf(page).map((command) => [page.file, command, page] as const),
  );
  it.each(examples)('of %s end well, with the files of the page: %s', async (_file, command, page) => {
    const shown = fences(page).flatMap((fence): [string, string][] => {
      const file = fileOf(fence);
      return file === null ? [] : [[file, fence.text]];
    });
    const world = await World.open({ files: Object.fromEntries(shown) });
    const printed = await callAsTyped(command, world).finally(() => world.close());
    expect(printed).toMatch(/^Exit: +[\w-]+ \(as expected\)/m);
  });
});

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

function jsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}

function keysOf(schema: z.ZodType): readonly string[] {
  return Object.keys(jsonSchema(schema).properties ?? {});
}

/** Paths to everything that is not a map itself: `limits.sends.most`. */
function leaves(schema: JsonSchema, at: readonly string[] = []): readonly string[] {
  if (schema.properties === undefined) return [at.join('.')];
  return Object.entries(schema.properties).flatMap(([key, inner]) => leaves(inner, [...at, key]));
}

/** The value at `limits.sends.most`. */
function at(root: unknown, name: string): unknown {
  return name.split('.').reduce((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], root);
}

/** A default as a designer would write it; undefined where there is none. Numbers over a thousand are milliseconds. */
function written(value: unknown): string | undefined {
  if (Array.isArray(value)) return `[${value.join(', ')}]`;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return value < 1000 ? String(value) : formatDuration(value);
  return value as string | undefined;
}
