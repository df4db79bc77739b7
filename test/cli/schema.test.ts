import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { SCHEMA_NAMES } from '../../src/core/json-schema/index.ts';
import { Program } from '../support/process.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function schema(...args: readonly string[]) {
  const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-schema-'));
  folders.push(folder);
  const program = new Program(['schema', ...args], { folder });
  const code = await program.exited;
  return { folder, code, stdout: program.stdout, stderr: program.stderr };
}

const published = (name: string): Promise<string> => readFile(`schema/${name}.schema.json`, 'utf8');

describe('dialproof schema', () => {
  it.each(SCHEMA_NAMES)('%s: prints it and nothing else', async (name) => {
    const { code, stdout, stderr } = await schema(name);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(await published(name));
  });

  it('--out writes all of them, over older ones, and says which', async () => {
    const { folder, code, stdout, stderr } = await schema('--out', 'deep/schema');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(
      'deep/schema/callflow.schema.json\ndeep/schema/prompts.schema.json\ndeep/schema/scenarios.schema.json\n',
    );
    for (const name of SCHEMA_NAMES) {
      const file = path.join(folder, 'deep/schema', `${name}.schema.json`);
      expect(await readFile(file, 'utf8')).toBe(await published(name));
      await writeFile(file, 'older');
    }
    const again = new Program(['schema', 'prompts', '--out', 'deep/schema'], { folder });
    expect(await again.exited).toBe(0);
    expect(again.stdout).toBe('deep/schema/prompts.schema.json\n');
    expect(await readFile(path.join(folder, 'deep/schema/prompts.schema.json'), 'utf8')).toBe(
      await published('prompts'),
    );
    expect(await readFile(path.join(folder, 'deep/schema/callflow.schema.json'), 'utf8')).toBe('older');
  });

  it('asked for none of them, says which there are', async () => {
    const { folder, code, stdout, stderr } = await schema();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      'Which schema is not said.\n' +
        'Name one of callflow, prompts, scenarios, or write all of them: npx dialproof schema --out schema\n',
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('asked for one that there is not, says which there are', async () => {
    const { code, stderr } = await schema('voices');
    expect(code).toBe(2);
    expect(stderr).toContain(`Allowed choices are ${SCHEMA_NAMES.join(', ')}.`);
  });

  it('says where it cannot write', async () => {
    const { code, stderr } = await schema('--out', '/dev/null/schema');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        '/dev/null/schema/callflow.schema.json cannot be written (ENOTDIR).\nName a folder that you may write to.\n',
    });
  });
});
