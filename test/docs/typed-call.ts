import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { callCommand } from '../../src/cli/call.ts';
import type { World } from '../support/world.ts';

/**
 * Runs `npx dialproof call ...` as it stands in the documentation against a running server; what it prints, with `#` in
 * place of every figure of a code.
 */
export async function callAsTyped(command: string, world: World): Promise<string> {
  const [, , , ...words] = [...command.matchAll(/"([^"]*)"|\S+/g)].map((match) => match[1] ?? match[0]);
  const { publicUrl, authToken } = world.address;
  const stdout = new PassThrough();
  const printed = text(stdout);
  const call = callCommand({
    environment: () => ({
      host: '127.0.0.1',
      port: Number(new URL(publicUrl).port),
      publicUrl,
      authToken,
      dataDir: path.join(world.folder, 'data'),
    }),
    stdin: new PassThrough(),
    stdout,
    stderr: new PassThrough(),
    finish: () => stdout.end(),
  });
  await call.parseAsync(words, { from: 'user' });
  const codes = world.inbox.messages.flatMap((message) => message.code ?? []);
  return codes.reduce(
    (masked, code) =>
      masked
        .replaceAll(code, '#'.repeat(code.length))
        .replaceAll(code.split('').join(' '), '# '.repeat(code.length).trim()),
    await printed,
  );
}
