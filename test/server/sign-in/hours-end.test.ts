import { afterEach, expect, it } from 'vitest';
import { World } from '../../support/world.ts';

let world: World;
afterEach(() => world.close());

it('E1: whoever is still at the page when the hours end does not sign in, where the policy refuses everybody then', async () => {
  world = await World.open();
  const minutes = (after: number): string => new Date(world.clock.now() + after * 60_000).toISOString().slice(11, 16);
  const hours = `hours: { zone: UTC, from: "${minutes(-60)}", to: "${minutes(3)}", otherwise: refuse }`;
  await world.publishes({ edit: { 'callflows/web-sign-in.yaml': [['  # hours:', `  ${hours}\n  # hours:`]] } });
  const [early, late] = [world.webUser('1002'), world.webUser('1003')];
  await early.signsIn();
  await early.opens();
  expect(await early.sends({ entry: world.code, remember: 'yes' })).toMatchObject({ status: 303 });
  await late.signsIn();
  await late.opens();
  const { code } = world;
  world.clock.advance(4 * 60_000);
  expect(await late.sends({ entry: code })).toMatchObject({ status: 403, location: null });
  expect(await early.signsIn()).toMatchObject({ errorNumber: '101' });
});
