/** docs/operations/deployment.md, "Secrets that change": two instances, one after the other, while a call goes on. */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Caller } from '../support/caller.ts';
import { ServerProcesses } from '../support/server-processes.ts';
import { readPage, tables } from './markdown.ts';

const page = readPage('docs/operations/deployment.md');
let servers: ServerProcesses;

beforeEach(async () => {
  servers = await ServerProcesses.start({ processes: 2 });
});
afterEach(() => servers.close());

/** The values of a secret, one after the other, as the page has them. */
function steps(secret: string, old: string, fresh: string): readonly string[] {
  const row = tables(page)
    .find(({ head }) => head[0] === 'secret')
    ?.rows.find(([name]) => name === `\`${secret}\``);
  const written = [...(row?.[1] ?? '').matchAll(/`([^`]*)`/g)].map(([, value = '']) => value);
  return written.map((value) => value.replace('<old>', old).replace('<new>', fresh));
}

/** The same call at one of the instances, signed with this token. */
function at(index: number, call: string, authToken: string): Caller {
  return new Caller({ ...(servers.addresses[index] ?? servers.address), authToken }, { call });
}

it('SECRET_KEY changes without a call being lost, in the steps of the page', async () => {
  const { SECRET_KEY: old = '' } = servers.storeEnvironment;
  const going = await new Caller(servers.address).dials('two-factor', { AccountNumber: '1002' });
  const values = steps('SECRET_KEY', old, randomBytes(32).toString('base64'));
  expect(values).toHaveLength(3);
  const start = '/voice/two-factor?AccountNumber=1002';
  const { body: reply } = await going.post(start);
  for (const SECRET_KEY of values)
    for (const index of [0, 1]) {
      await servers.restart(index, 'SIGTERM', { SECRET_KEY });
      for (const each of [0, 1])
        expect((await at(each, going.call, servers.address.authToken).post(start)).body).toBe(reply);
    }
  await going.presses(servers.code);
  expect(await servers.counts(going)).toMatchObject({ exit: 'success', grants: 1 });
});

it('without the first step, an instance that knows only the old SECRET_KEY does not start again', async () => {
  const { SECRET_KEY: old = '' } = servers.storeEnvironment;
  const fresh = randomBytes(32).toString('base64');
  await servers.restart(0, 'SIGTERM', { SECRET_KEY: `${fresh},${old}` });
  await expect(servers.restart(1, 'SIGTERM', { SECRET_KEY: old })).rejects.toThrow('ended with 3');
});

it('TWILIO_AUTH_TOKEN changes without a webhook being refused, in the steps of the page', async () => {
  const { authToken: old } = servers.address;
  const fresh = randomBytes(16).toString('hex');
  const [both = '', only = ''] = steps('TWILIO_AUTH_TOKEN', old, fresh);
  const { call, redirect } = await new Caller(servers.address).dials('main');
  const answers = async (token: string): Promise<readonly number[]> =>
    Promise.all([0, 1].map(async (index) => (await at(index, call, token).post(redirect)).status));
  for (const index of [0, 1]) {
    await servers.restart(index, 'SIGTERM', { TWILIO_AUTH_TOKEN: both });
    expect(await answers(old)).toEqual([200, 200]);
  }
  for (const index of [0, 1]) {
    expect(await answers(fresh)).toEqual([200, 200]);
    await servers.restart(index, 'SIGTERM', { TWILIO_AUTH_TOKEN: only });
  }
  expect([await answers(fresh), await answers(old)]).toEqual([
    [200, 200],
    [403, 403],
  ]);
});
