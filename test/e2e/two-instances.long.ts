/** Several instances on one PostgreSQL: to callers they are one. */
import { expect, it } from 'vitest';
import { outcomes } from './two-instances.ts';

it(
  '500 calls whose webhooks alternate between two instances hear and count what they do on one',
  { timeout: 600_000 },
  async () => {
    const one = await outcomes(500, 1);
    const two = await outcomes(500, 2);
    expect(two).toEqual(one);
    const ended = (as: string | null) => two.filter(({ counts }) => counts.exit === as).length;
    console.log(`success: ${ended('success')}, agent: ${ended('agent')}, hung up: ${ended(null)}`);
    expect(ended('success')).toBeGreaterThan(100);
  },
);
