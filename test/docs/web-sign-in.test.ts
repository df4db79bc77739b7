import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formatDuration } from '../../src/core/duration.ts';
import { signInSchema } from '../../src/core/sign-in/schema.ts';
import { playAll, scenariosIn, shipped } from '../simulator/shipped.ts';
import { check, filesWith } from './examples.ts';
import { fences, readPage, tables } from './markdown.ts';

const page = readPage('docs/web-sign-in.md');

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

/** `ask-again.after-no-sign-in` and the like. */
function keysIn({ properties }: JsonSchema, at: readonly string[] = []): readonly string[] {
  if (properties === undefined) return [at.join('.')];
  return Object.entries(properties).flatMap(([key, inner]) => keysIn(inner, [...at, key]));
}

describe('docs/web-sign-in.md', () => {
  const table = tables(page).find(({ head, under }) => head[0] === 'key' && under === 'The policy');
  const rows = table?.rows.map((row) => row.map((cell) => cell.replaceAll('`', '')));

  it('has every key of the policy', () => {
    const schema = z.toJSONSchema(signInSchema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
    expect(rows?.map(([key]) => key)).toEqual(keysIn(schema));
  });

  it('has the defaults of the policy', () => {
    const { ttl, askAgain, devices, hours, exempt } = signInSchema.parse({});
    expect([hours, exempt]).toEqual([null, []]);
    const defaults = [
      formatDuration(ttl * 1000),
      formatDuration(askAgain.afterNoSignIn),
      formatDuration(askAgain.afterAuthorisation),
      String(askAgain.whenBrowserChanges),
      formatDuration(devices.remembered),
      String(devices.most),
    ];
    expect(rows?.slice(0, defaults.length).map(([, by]) => by)).toEqual(defaults);
  });

  it('has sign-ins that go as they are written', async () => {
    expect(check(filesWith(fences(page))).printed).toBe('');
    const text = fences(page).find((fence) => fence.text.startsWith('# test/calls/'))?.text ?? '';
    const { simulator } = await shipped('web-sign-in');
    const played = await playAll(scenariosIn(text), simulator);
    expect(played.map(({ failure }) => failure)).toEqual([undefined]);
  });
});
