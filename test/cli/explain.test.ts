import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { Program } from '../support/process.ts';

async function explain(...args: readonly string[]) {
  const program = new Program(['explain', ...args], { folder: tmpdir() });
  return { code: await program.exited, stdout: program.stdout, stderr: program.stderr };
}

describe('dialproof explain', () => {
  it('prints what a finding means, with its example, in whatever folder it is asked', async () => {
    const { code, stdout, stderr } = await explain('CF203');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
      "CF203

      \`returns\` is the name under which the linking callflow knows this exit: its own.

          # callflows/tiny.yaml
          callflow: tiny
          start: hello
          exits: { done: { returns: finished } }
          blocks:
            hello: { say: goodbye, next: done }

          callflows/tiny.yaml:4:27  error CF203  The exit "done" returns "finished"; an exit returns its own name.
            3 | start: hello
            4 | exits: { done: { returns: finished } }
              |                           ^^^^^^^^
            Write \`returns: done\`.
      "
    `);
  });

  it('says of wrong usage what to do, once', async () => {
    const { stdout } = await explain('usage-wrong');
    expect(stdout).toBe(
      'usage-wrong\n\nA command was given an argument that it cannot read.\n\nThe message says what is wrong with it; `--help` after a command lists what there is.\n',
    );
  });

  it('prints what an error means, with links as words', async () => {
    const { code, stdout } = await explain('store-key-mismatch');
    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "store-key-mismatch

      The store was made with a SECRET_KEY that is not among the ones given.

      Give the key that the store in \`DATA_DIR\` was made with. To change the key, give both, the new one first:
      how to rotate it. Without the key the store cannot be read by anybody, and a new one
      has to be started in another folder.
      "
    `);
  });

  it.each([
    ['cf203', 'CF203'],
    ['Store-Unavailable', 'store-unavailable'],
  ])('takes %s for %s', async (written, code) => {
    expect((await explain(written)).stdout).toMatch(new RegExp(`^${code}\n\n\\S`));
  });

  it('lists all codes of the page, each with one sentence', async () => {
    const { code, stdout } = await explain();
    const titles = [...readFileSync('docs/errors.md', 'utf8').matchAll(/^### (.+)$/gm)].map((match) => match[1]);
    const lines = stdout.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(lines.map((line) => /^\S+/.exec(line)?.[0])).toEqual(titles);
    expect(lines.filter((line) => !/^\S+ {2,}[A-Z`].*\.$/.test(line))).toEqual([]);
  });

  it.each([
    ['CF2033', 'There is no error or finding "CF2033". Did you mean "CF203"?\nnpx dialproof explain lists them all.\n'],
    ['weather', 'There is no error or finding "weather".\nnpx dialproof explain lists them all.\n'],
  ])('does not know %s: wrong usage', async (written, said) => {
    expect(await explain(written)).toEqual({ code: 2, stdout: '', stderr: said });
  });
});
