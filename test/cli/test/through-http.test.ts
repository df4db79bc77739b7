import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSources } from '../../../src/cli/library-files.ts';
import { LoopbackCompany } from '../../../src/cli/test/through-http/loopback-company.ts';
import { ownSettings } from '../../../src/cli/test/through-http/own-settings.ts';
import { startServerProcess } from '../../../src/cli/test/through-http/server-process.ts';
import { freePort, Program } from '../../support/process.ts';
import { httpStub } from '../../support/stub-server.ts';
import { ENVIRONMENT, outcomeOf, playedHere, playedThroughHttp, scenariosIn } from './http-world.ts';

const closers: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

const PLATFORM = { TWILIO_AUTH_TOKEN: 'token', TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}` };

const CALLS = `
callflow: main
given: { customer: { email: ana@example.test, sms: "+12025550156" } }
always: [ { sends: { at-most: 3 } }, code-is-never-spoken-here ]
scenarios:
  - name: Right code by text message
    call: [ { hears: account-number }, { press: 1001 }, { press: sms }, { gets: sms }, { press: code }, { hears: balance }, { silent: 40s } ]
    ends: success
    count: { sends: 1, attempts: 1 }
  - name: The gateway refuses, email works
    given: { sends-fail: { sms: rejected } }
    call: [ { press: 1001 }, { press: sms }, { hears: could-not-send }, { press: choose-method }, { press: email }, { gets: email }, { press: code }, { hears: balance }, hangs-up ]
  - name: The mail server refuses
    given: { sends-fail: { email: error } }
    call: [ { press: 1001 }, { press: email }, { hears: could-not-send }, { press: 0 } ]
    ends: agent
  - name: Nobody answers where text messages go
    given: { sends-fail: [sms] }
    call: [ { press: 1001 }, { press: sms }, { hears: could-not-send }, hangs-up ]
  - name: Another account is not found
    given: { services: { contact-methods: { status: not found } } }
    call: [ { press: 1001 }, { hears: transferring } ]
    ends: agent
  - name: The balance is not told
    given: { services: { balance: { fail: true } } }
    call: [ { press: 1001 }, { press: email }, { press: code }, { hears: no-balance }, hangs-up ]
  - name: The account is locked meanwhile
    call: [ { press: 1001 }, { press: email }, { elsewhere: locked }, { press: code }, { hears: transferring } ]
    ends: agent
  - name: The application's code
    given: { customer: { authenticator: true } }
    call: [ { press: 1001 }, { press: code }, { hears: balance }, hangs-up ]
  - name: A reply is lost, another cannot be used
    call: [ { press: 1001 }, repeat, { hears: choose-method }, { press: sms }, { gets: sms }, { press: code }, { fallback: 12100 }, { hears: technical-problem } ]
  - name: The caller calls again
    call: [ { press: 1001 }, { press: sms }, { gets: sms }, hangs-up, redials, { press: 1001 }, { press: email }, { gets: email }, { press: code }, { hears: balance }, hangs-up ]
  - name: Time passes
    call: [ { press: 1001 }, { press: sms }, { later: 11m }, { press: code }, { hears: new-code }, hangs-up ]
  - name: It does not go like this
    call: [ { press: 1001 }, { press: sms }, { hears: verified } ]
  - name: Nor does it end so
    call: [ { press: 1001 }, { press: 0 } ]
    ends: success
`;

describe('scenarios through HTTP', () => {
  it('go as they do in this process, each failure at the same step; what cannot be is skipped with its reason', async () => {
    const plays = scenariosIn(CALLS);
    const [here, there] = [await playedHere(plays), await playedThroughHttp(plays)];
    const skipped = there.filter(({ outcome }) => outcome === 'skipped');
    expect(skipped.map(({ name, reason }) => [name, reason])).toEqual([
      ['Time passes', '`later` moves the clock, and a server has its own'],
    ]);
    const played = (each: { readonly name: string }): boolean => each.name !== 'Time passes';
    expect(there.filter(played).map(outcomeOf)).toEqual(here.filter(played).map(outcomeOf));
    const failed = here.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name);
    expect(failed).toEqual(['It does not go like this', 'Nor does it end so']);
  }, 60_000);

  it('are played at a server that runs already, without a change to it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-found-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const port = await freePort();
    const environment = {
      DATA_DIR: folder,
      PORT: String(port),
      LOG_LEVEL: 'silent',
    };
    const program = new Program(['serve'], { environment });
    closers.push(() => program.ends('SIGKILL'));
    await program.ready();
    const played = await playedThroughHttp(scenariosIn(CALLS), {
      raw: { DATA_DIR: folder },
      server: `http://127.0.0.1:${port}/`,
    });
    expect(played.map(({ name, outcome, reason }) => [name, reason ?? outcome])).toEqual([
      ['Right code by text message', 'passed'],
      ['The gateway refuses, email works', '`sends-fail` cannot be arranged at a server that runs already'],
      ['The mail server refuses', '`sends-fail` cannot be arranged at a server that runs already'],
      ['Nobody answers where text messages go', '`sends-fail` cannot be arranged at a server that runs already'],
      ['Another account is not found', '`services` cannot be arranged at a server that runs already'],
      ['The balance is not told', '`services` cannot be arranged at a server that runs already'],
      ['The account is locked meanwhile', '`elsewhere` would lock an account of others'],
      ["The application's code", 'a customer with authenticator cannot be arranged at a server that runs already'],
      ['A reply is lost, another cannot be used', 'passed'],
      ['The caller calls again', 'passed'],
      ['Time passes', '`later` moves the clock, and a server has its own'],
      ['It does not go like this', 'failed'],
      ['Nor does it end so', 'failed'],
    ]);
  }, 60_000);

  it('are skipped where the callflow is for pages', async () => {
    const stub = await httpStub((response) => response.writeHead(404).end());
    closers.push(() => stub.close());
    const plays = scenariosIn('callflow: web-sign-in\nscenarios: [ { name: A page, call: [ { press: star } ] } ]\n');
    const played = await playedThroughHttp(plays, { raw: PLATFORM, server: stub.url });
    expect(played.map(({ reason }) => reason)).toEqual([
      'a callflow for web sign-in has no number, and a server shows it as pages',
    ]);
  });

  it('are skipped where they need what a server without a demo tells nobody', async () => {
    const stub = await httpStub((response) => response.writeHead(404).end());
    closers.push(() => stub.close());
    const plays = scenariosIn(`
callflow: two-factor
scenarios:
  - { name: With a customer, given: { customer: { email: ana@example.test } }, call: [ { press: 0 } ], ends: agent }
  - { name: With a code, call: [ { press: code } ] }
`);
    const played = await playedThroughHttp(plays, { raw: PLATFORM, server: stub.url });
    expect(played.map(({ reason }) => reason)).toEqual([
      'a customer with email cannot be arranged at a server that runs already',
      'the server has no demo inbox that codes can be read from',
    ]);
  });

  it('end by the exit that the line tells, where the server tells nobody of its calls', async () => {
    const asks = '<Gather action="http://localhost/voice/turn/1" finishOnKey=""><Say>How can we help?</Say></Gather>';
    const leaves =
      '<Say>Please hold while I connect you to someone who can help.</Say><Dial><Number>+12025550177</Number></Dial><Hangup/>';
    const stub = await httpStub((response, body, { method }) => {
      if (method === 'GET') response.writeHead(404).end();
      else
        response
          .setHeader('content-type', 'text/xml')
          .end(`<Response>${body.includes('Digits=0') ? leaves : asks}</Response>`);
    });
    closers.push(() => stub.close());
    const plays = scenariosIn(`
callflow: two-factor
scenarios:
  - { name: To a person, call: [ { press: 0 }, { hears: transferring } ], ends: agent }
  - { name: Not verified, call: [ { press: 0 } ], ends: success }
  - { name: Hung up, call: [ hangs-up ] }
`);
    const raw = { ...PLATFORM, PUBLIC_URL: 'http://localhost' };
    const played = await playedThroughHttp(plays, { raw, server: stub.url });
    expect(played.map(({ outcome, failure }) => failure?.instead ?? outcome)).toEqual([
      'passed',
      expect.stringContaining('The call left by "agent".'),
      'passed',
    ]);
  });
});

describe('a server for scenarios', () => {
  it('is gone afterwards, and all that it kept', async () => {
    const server = await startServerProcess(ENVIRONMENT);
    const { pid, url, folder } = server;
    expect((await fetch(`${url}/healthz`)).ok).toBe(true);
    expect(existsSync(path.join(folder, 'dialproof.db'))).toBe(true);
    await server.close();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
    expect(existsSync(folder)).toBe(false);
  });

  it('says why it does not start', async () => {
    const start = startServerProcess({
      ...ENVIRONMENT,
      CALLFLOWS_DIR: 'nowhere',
    });
    await expect(start).rejects.toThrow('CALLFLOWS_DIR');
  });

  it("never reaches the operator's own senders and services, whatever is set", async () => {
    const company = await LoopbackCompany.start();
    closers.push(() => company.close());
    const raw = {
      EMAIL_SMTP_HOST: 'mail.example.com',
      EMAIL_SMTP_USER: 'operator',
      SMS_URL: 'https://sms.example.com/',
      SMS_PROVIDER: 'twilio',
      TWILIO_API_URL: 'https://api.example.com',
      CONTACT_METHODS_URL: 'https://services.example.com/methods',
      CALLFLOW_BALANCE_URL: 'https://services.example.com/balance',
      SERVICE_HOSTS: 'services.example.com',
    };
    const sources = await readSources({
      callflows: 'callflows',
      prompts: 'prompts',
    });
    const settings = {
      ...ownSettings(sources, raw, company).raw,
      ...company.settings([]),
    };
    expect(JSON.stringify(settings)).not.toContain('example.com');
    expect(settings).toMatchObject({
      EMAIL_SMTP_HOST: '127.0.0.1',
      EMAIL_SMTP_USER: '',
      SMS_PROVIDER: 'gateway',
      CONTACT_METHODS_URL: company.serviceUrl('CONTACT_METHODS_URL'),
      CALLFLOW_BALANCE_URL: company.serviceUrl('CALLFLOW_BALANCE_URL'),
    });
  });
});
