/** Kannel, a real SMS gateway, in the place of the demo company's: by its own GET interface, with settings alone. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { Caller } from '../support/caller.ts';
import { findKannel, Kannel } from '../support/kannel.ts';
import { freePort, Program } from '../support/process.ts';

/** Of the demo company's customers 1001, whom Kannel can reach, and 1003, whom it cannot. */
const REACHED = '12025550121';
const DENIED = '12025550143';

const closers: (() => Promise<unknown>)[] = [];
let kannel: Kannel | null = null;
let caller: () => Caller;

beforeAll(async () => {
  const programs = findKannel();
  if ('missing' in programs) return;
  const started = await Kannel.start(programs, { denied: DENIED });
  closers.unshift(() => started.stop());
  const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-kannel-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const reportUrl = `${encodeURIComponent(`${publicUrl}/delivery/sms/`)}{{report}}${encodeURIComponent('?status=%d')}`;
  const authToken = randomBytes(16).toString('hex');
  const program = new Program(['serve'], {
    environment: {
      PORT: String(port),
      PUBLIC_URL: publicUrl,
      DATA_DIR: folder,
      TWILIO_AUTH_TOKEN: authToken,
      SMS_METHOD: 'GET',
      SMS_URL: `http://${started.host}/cgi-bin/sendsms?username=dialproof&password=secret&from={{from}}&to={{to}}&text={{text}}&dlr-mask=31&dlr-url=${reportUrl}`,
      SERVICE_HOSTS: started.host,
    },
  });
  closers.unshift(() => program.ends('SIGKILL'));
  await program.ready();
  caller = () => new Caller({ server: publicUrl, publicUrl, authToken });
  kannel = started;
}, 30_000);

afterAll(async () => {
  for (const close of closers) await close();
});

/** Without Kannel nothing can be said; then the run says so. */
function needsKannel(context: TestContext): Kannel {
  if (kannel !== null) return kannel;
  const programs = findKannel();
  const reason = 'missing' in programs ? `not installed: ${programs.missing} (Debian: kannel, kannel-extras)` : '';
  console.log(`The Kannel run is left out: ${reason}.`);
  return context.skip(reason);
}

describe('G16 G17 G19 G21: through Kannel', () => {
  it('the text arrives whole, the caller gets in by its code, and "delivered" changes nothing', async (context) => {
    const gateway = needsKannel(context);
    const call = await caller().dials('main');
    await call.presses('1001');
    await call.presses('2');
    expect(call.heard).toContain('We sent a code by text message');
    const text = await gateway.arrivesFor(REACHED);
    expect(text).toMatch(/^\d{6} is your security code\. It works for 5 minutes\. We never call you to ask for it\.$/);
    await gateway.reported(8);
    await gateway.reported(1);
    await call.presses('*');
    expect(call.heard).toContain('You have more options.');
    await call.presses('1');
    await call.presses(text.slice(0, 6));
    expect(call.heard).toContain('Thank you, you are verified.');
  });

  it('a message that Kannel takes and cannot deliver is reported, and the caller is offered another way', async (context) => {
    const gateway = needsKannel(context);
    const call = await caller().dials('main');
    await call.presses('1003');
    expect(call.heard).toContain('We sent a code by text message');
    await gateway.reported(16);
    await call.isSilent();
    expect(call.heard).toContain('Sorry, we could not send your code. To try again, press 1.');
  });
});
