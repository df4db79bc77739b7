/** The files and commands of docs/operations, as far as no container engine and no systemd is needed. */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it, type TestContext } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { checkEnvironment, SETTINGS } from '../../src/cli/environment.ts';
import { Caller } from '../support/caller.ts';
import { copyStage, imageStages, run, scratch, startImage } from '../support/deployed.ts';
import { caddyfile, installed, nginxConfiguration } from '../support/reverse-proxy.ts';
import { fences, readPage } from './markdown.ts';

const FOLDER = 'docs/operations';
const page = readPage(`${FOLDER}/deployment.md`);
const { build, image } = imageStages();
// Settings of the store that come with the other one.
const KNOWN = new Set(Object.keys(SETTINGS));

function block(under: string, language: string): string {
  const found = fences(page).find((each) => each.under === under && each.language === language);
  if (found === undefined) throw new Error(`there is no block of ${language} under "${under}"`);
  return found.text;
}
const written = parseEnv(block('The settings', 'ini')) as Readonly<Record<string, string>>;
const settings = { ...written, SECRET_KEY: randomBytes(32).toString('base64') };

/** Without the program nothing can be said; then the run says so. */
function needs(context: TestContext, name: string): string {
  const found = installed(name);
  if (found !== null) return found;
  const reason = `${name} is not installed`;
  console.log(`"${context.task.name}" is left out: ${reason}.`);
  return context.skip(reason);
}

describe('the Containerfile', () => {
  it('copies all that the server needs: it starts as in production, is healthy, answers a call, explains an error and drains', async () => {
    await using at = await scratch();
    await copyStage(image, at.folder);
    const { program, environment } = await startImage(at.folder, settings);
    try {
      expect(await run(image.healthCheck, { folder: at.folder, environment })).toEqual({ code: 0, printed: '' });
      const { PUBLIC_URL: publicUrl = '', TWILIO_AUTH_TOKEN: authToken = '' } = written;
      const server = `http://127.0.0.1:${environment.PORT}`;
      const caller = await new Caller({ server, publicUrl, authToken }).dials('main');
      expect(caller.heard).toContain('account number');
      const [node = '', main = ''] = image.command;
      const explained = await run([node, main, 'explain', 'store-unavailable'], { folder: at.folder, environment });
      expect(explained).toMatchObject({ code: 0, printed: expect.stringMatching(/^store-unavailable\n/) });
    } finally {
      expect([await program.ends('SIGTERM'), image.stopSignal]).toEqual([0, 'SIGTERM']);
    }
    expect(readdirSync(path.join(at.folder, 'data')).filter((name) => !name.startsWith('dialproof.db'))).toEqual([]);
  });

  it('calls an instance unhealthy that does not answer', async () => {
    await using at = await scratch();
    const environment = { PORT: '1' };
    expect((await run(image.healthCheck, { folder: at.folder, environment })).code).toBe(1);
  });

  it('gives the server no rights, and sets what .env.example knows', () => {
    expect(image.user).toBe('node');
    expect(Object.keys(image.environment).filter((name) => !KNOWN.has(name))).toEqual([]);
    expect(image.environment).toMatchObject({ NODE_ENV: 'production' });
  });

  it('is given what it copies and nothing more: no .env, no store', () => {
    const allowed = readFileSync(`${FOLDER}/Containerfile.dockerignore`, 'utf8').split('\n');
    const copied = [build, image].flatMap(({ copied: each }) => each.filter(({ from }) => from === null));
    const sources = new Set(copied.flatMap((each) => each.sources));
    expect(allowed.filter((line) => line.startsWith('!'))).toEqual([...sources].map((source) => `!${source}`));
    expect(allowed[1]).toBe('*');
    expect([...sources].filter((source) => !existsSync(source))).toEqual([]);
  });
});

describe('compose.yaml', () => {
  const service = z.object({
    image: z.string(),
    environment: z.record(z.string(), z.string()).default({}),
    volumes: z.array(z.string()).default([]),
    depends_on: z.record(z.string(), z.unknown()).default({}),
    stop_grace_period: z.string().optional(),
    read_only: z.boolean().default(false),
  });
  const compose = z
    .object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.null()) })
    .parse(parse(readFileSync(`${FOLDER}/compose.yaml`, 'utf8'), { merge: true }));
  const services = Object.entries(compose.services);
  const instances = services.filter(([, { image: name }]) => name === 'dialproof');

  it('has two instances with settings that there are, which cannot write and have time to drain', () => {
    expect(instances.map(([name]) => name)).toEqual(['dialproof-1', 'dialproof-2']);
    for (const [, { environment, read_only: readOnly, stop_grace_period: grace }] of instances) {
      expect(Object.keys(environment).filter((name) => !KNOWN.has(name))).toEqual([]);
      expect([readOnly, grace]).toEqual([true, '30s']);
    }
  });

  it('has the services that commands of the page are for', () => {
    const commands = [...page.text.matchAll(/^docker compose .* (dialproof-\w+)/gm)];
    expect(commands.length).toBeGreaterThan(1);
    expect(commands.filter(([, name = '']) => compose.services[name] === undefined)).toEqual([]);
    expect(commands.map(([command]) => command)).toContain('docker compose run --rm dialproof-1');
  });

  it('names only services, volumes and files that there are', () => {
    const mounted = services.flatMap(([, { volumes }]) => volumes.map((each) => each.split(':')[0] ?? ''));
    const files = mounted.filter((name) => name.startsWith('./'));
    expect(files.filter((name) => !existsSync(path.join(FOLDER, name)))).toEqual([]);
    const volumes = mounted.filter((name) => !name.startsWith('./'));
    expect(volumes.toSorted()).toEqual(Object.keys(compose.volumes).toSorted());
    const needed = services.flatMap(([, { depends_on: on }]) => Object.keys(on));
    expect(needed.filter((name) => compose.services[name] === undefined)).toEqual([]);
  });

  it('has its proxy send to both, by the names that the Caddyfile reads', () => {
    const { environment = {} } = compose.services['proxy'] ?? {};
    expect(environment['DIALPROOF_INSTANCES']).toBe(instances.map(([name]) => `${name}:3000`).join(' '));
    const text = readFileSync(`${FOLDER}/Caddyfile`, 'utf8');
    expect(Object.keys(environment).filter((name) => !text.includes(`{$${name}:`))).toEqual([]);
  });
});

it('the files with secrets that the pages name are left out of Git', () => {
  const ignored = readFileSync('.gitignore', 'utf8').split('\n');
  expect(ignored).toEqual(expect.arrayContaining(['.env', '*.env']));
});

describe('the files of programs that stand around it', () => {
  it('dialproof@.service is taken by systemd, and leaves the server few rights', async (context) => {
    const analyze = needs(context, 'systemd-analyze');
    await using at = await scratch();
    const text = readFileSync(`${FOLDER}/dialproof@.service`, 'utf8');
    const unit = path.join(at.folder, 'dialproof@3000.service');
    await run(['sh', '-c', 'printf %s "$1" > "$2"', '-', text.replaceAll('/usr/bin/node', process.execPath), unit], at);
    expect(await run([analyze, 'verify', unit], at)).toEqual({ code: 0, printed: '' });
    const security = await run([analyze, 'security', '--offline=true', '--threshold=20', unit], at);
    expect(security).toMatchObject({ code: 0 });
    const set = [...text.matchAll(/^Environment=(.*)$/gm)].flatMap(([, rest = '']) => rest.split(' '));
    expect(set.map((each) => each.split('=')[0] ?? '').filter((name) => !KNOWN.has(name))).toEqual([]);
  });

  it('nginx.conf is taken by nginx', async (context) => {
    const nginx = needs(context, 'nginx');
    await using at = await scratch();
    const main = await nginxConfiguration(at.folder, { port: 8443, ports: [3000, 3001] });
    const { code, printed } = await run([nginx, '-t', '-p', at.folder, '-c', main], at);
    expect([printed, code]).toEqual([expect.stringContaining('test is successful'), 0]);
  });

  it('the Caddyfile is taken by Caddy', async (context) => {
    const caddy = needs(context, 'caddy');
    await using at = await scratch();
    const file = await caddyfile(at.folder);
    const environment = { HOME: at.folder };
    const checked = await run([caddy, 'validate', '--adapter', 'caddyfile', '--config', file], {
      folder: at.folder,
      environment,
    });
    expect([checked.printed, checked.code]).toEqual([expect.stringContaining('Valid configuration'), 0]);
  });
});

describe('docs/operations/deployment.md', () => {
  it('asks an instance at the address that it has on this machine, or another one', async () => {
    await using at = await scratch();
    const stub = `printf '%s\\n' '#!/bin/sh' 'echo "\${0##*/}" "$@"' | tee curl systemctl && chmod +x curl systemctl`;
    await run(stub, at);
    const text = block('Restarting one after the other', 'bash');
    const { printed } = await run(text.replace('127.0.0.1', '10.0.0.5'), { ...at, environment: { PATH: at.folder } });
    const asked = printed.split('\n').filter((line) => line.startsWith('curl'));
    expect(asked.map((line) => line.split(' ').at(-1))).toEqual([
      'http://10.0.0.5:3000/readyz',
      'http://10.0.0.5:3001/readyz',
    ]);
  });

  it('says of a second machine what is another there: HOST, which the unit is given', () => {
    const drop = block('The address of a machine', 'ini');
    expect(drop).toBe('[Service]\nEnvironment=HOST=10.0.0.5\n');
    expect(checkEnvironment({ ...settings, HOST: '10.0.0.5' }).problems).toEqual([]);
  });

  it('names only files of this repository', () => {
    const named = [...page.text.matchAll(/docs\/operations\/([\w.@-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !existsSync(path.join(FOLDER, name)) && name !== 'dialproof.env')).toEqual([]);
  });

  it('makes a key that the server takes, which does not take the one that is written there', async () => {
    await using at = await scratch();
    expect(checkEnvironment(written).problems).toEqual([expect.stringMatching(/^SECRET_KEY must be 32 bytes/)]);
    expect(checkEnvironment(settings).problems).toEqual([]);
    const { printed } = await run(block('The settings', 'bash'), at);
    expect(SETTINGS.SECRET_KEY.schema.parse(printed.trim())[0]).toHaveLength(32);
  });
});
