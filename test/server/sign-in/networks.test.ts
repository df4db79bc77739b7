import { afterEach, describe, expect, it } from 'vitest';
import { World } from '../../support/world.ts';

let world: World;
afterEach(() => world.close());

/** A world in which `erp-sync` is exempt from these networks. */
async function open(networks: string, settings: Readonly<Record<string, string>> = {}): Promise<void> {
  const exempt = `exempt: [ { user: erp-sync, networks: [${networks}] } ]`;
  const edit = { 'callflows/web-sign-in.yaml': [['  # exempt:', `  ${exempt}\n  # exempt:`]] } as const;
  world = await World.open({ settings, edit });
}

const asked = (from?: string) => world.webUser('erp-sync').signsIn(from === undefined ? {} : { from });

describe('a service that is exempt in a network', () => {
  it('is not told by the address of a proxy that nobody has named: everybody comes from there', async () => {
    await open('127.0.0.0/8');
    expect(await asked()).toMatchObject({ errorNumber: '0' });
    expect(await asked('203.0.113.9')).toMatchObject({ errorNumber: '101' });
    expect(await asked('127.0.0.1')).toMatchObject({ errorNumber: '101' });
  });

  it('is told by the address that a proxy which is named has seen', async () => {
    await open('10.1.0.0/16', { TRUSTED_PROXIES: '127.0.0.1' });
    for (const from of ['10.1.2.3', '::ffff:10.1.2.3', '203.0.113.9, 10.1.2.3', '10.1.2.3, 127.0.0.1'])
      expect(await asked(from)).toMatchObject({ errorNumber: '0' });
    for (const from of OTHERS) expect(await asked(from)).toMatchObject({ status: 200, errorNumber: '101' });
  });
});

const OTHERS = [
  '10.1.2.3, 203.0.113.9',
  '127.0.0.1',
  '10.1.2.3%eth0',
  '10.1.2.3:80',
  '[::ffff:10.1.2.3]',
  '012.1.2.3',
  '10.1.515',
  '167838211',
  'unknown',
  ',,,',
];
