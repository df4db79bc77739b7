import { readFile } from 'node:fs/promises';
import { afterEach, expect, it } from 'vitest';
import { World } from '../../support/world.ts';

let world: World;
afterEach(() => world.close());

it('sign-ins begin in the callflow that links to others, and go by its policy, whatever the files are called', async () => {
  const flow = await readFile('callflows/web-sign-in.yaml', 'utf8');
  const linked = flow.replace('callflow: web-sign-in', 'callflow: a-code').replace('ttl: 1h', 'ttl: 24h');
  const prompts = await Promise.all(
    ['en-US', 'es-ES'].map(async (locale) => {
      const text = await readFile(`prompts/${locale}/web-sign-in.yaml`, 'utf8');
      return [`prompts/${locale}/a-code.yaml`, text] as const;
    }),
  );
  const link = 'link: a-code\n    with: [AccountNumber]\n    paths: { success: success, agent: agent, error: error }';
  world = await World.open({
    unchecked: true,
    files: { 'callflows/a-code.yaml': linked, ...Object.fromEntries(prompts) },
    edit: {
      'callflows/web-sign-in.yaml': [
        ['start: find-methods', 'start: prove'],
        ['blocks:\n', `blocks:\n  prove:\n    ${link}\n\n`],
      ],
    },
  });
  const ana = world.webUser('1002');
  await ana.signsIn();
  await ana.opens();
  const back = await ana.sends({ entry: world.code });
  expect(await ana.redeems(ana.ticketIn(back))).toMatchObject({ errorNumber: '0', ttl: '3600' });
});
