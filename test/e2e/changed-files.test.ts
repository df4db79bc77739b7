import type { ServerResponse } from 'node:http';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { contactMethods } from '../support/contact-methods.ts';
import { Designer } from '../support/designer.ts';
import { httpStub } from '../support/stub-server.ts';

vi.setConfig({ testTimeout: 90_000 });

const AGENT = '+12025550199';

const closers: (() => unknown)[] = [];
afterAll(() => Promise.all(closers.map((close) => close())));

async function designer(settings: Readonly<Record<string, string>> = {}): Promise<Designer> {
  const made = await Designer.begin(settings);
  closers.push(() => made.ends());
  return made;
}

/** The first words of a call, and those that a wrong code and an email bring. */
const WORDINGS = [
  ['main', 'ask: "'],
  ['two-factor', 'wrong-code:\n    ask: "'],
  ['two-factor', 'enter-code:\n    email: "'],
] as const;

/** Other words, other ways, and a module without the exit `agent` that its line has wired so far. */
async function changesEverything(her: Designer): Promise<void> {
  const module = await her.read('callflows/two-factor.yaml');
  await her.writes(
    'callflows/two-factor.yaml',
    module
      .replace(/^ {2}agent: .*\n/m, '')
      .replaceAll('then: agent', 'then: error')
      .replace('no-method: agent', 'no-method: error')
      .replace('zero-is: agent', 'zero-is: error'),
  );
  await her.edits('callflows/main.yaml', 'agent: agent, error: error', 'error: error');
  for (const [file, at] of WORDINGS) await her.edits(`prompts/en-US/${file}.yaml`, at, `${at}New: `);
}

const wrong = (code: string): string => (code === '000000' ? '000001' : '000000');

describe.each(['serve', 'dev'] as const)(
  'dialproof %s, killed with SIGKILL and started again with changed files',
  (command) => {
    it('finishes a call as it began, and begins the next one as the files are now', async () => {
      const her = await designer();
      await her.starts(command);
      const caller = await her.caller().dials('main');
      await caller.presses('1001');
      await caller.presses('2');
      const code = wrong(await her.code());
      await her.kills();
      await changesEverything(her);
      await her.starts(command);
      await caller.presses(code);
      expect(caller.heard).toBe('That code did not match. You have 2 tries left. Enter the 6 digits.');
      await her.kills();
      await her.starts(command);
      await caller.presses(code);
      await caller.presses(code);
      expect([caller.heard, caller.dialled]).toEqual([
        'Please hold while I connect you to someone who can help.',
        AGENT,
      ]);

      const next = await her.caller().dials('main');
      expect(next.heard).toMatch(/^New: /);
      await next.presses('1001');
      await next.presses('2');
      const other = wrong(await her.code());
      await next.presses(other);
      expect(next.heard).toMatch(/^New: /);
      await next.presses(other);
      await next.presses(other);
      expect([next.dialled, await her.exitOf(next)]).toEqual([AGENT, 'error']);
    });
  },
);

describe('dialproof serve, killed with SIGKILL in the middle of a turn and started again with changed files', () => {
  it('runs that turn again as the call began', async () => {
    let reach: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => (reach = resolve));
    let answer: (response: ServerResponse) => void = reach;
    const service = await httpStub((response) => answer(response));
    closers.push(() => service.close());
    const her = await designer({ CONTACT_METHODS_URL: service.url, SERVICE_HOSTS: service.host });
    await her.starts('serve');
    const caller = await her.caller().dials('main');
    const lost = caller.presses('1002').catch(() => 'no answer');
    await reached;
    await changesEverything(her);
    answer = (response) => response.end(ONE_METHOD);
    await her.kills();
    await her.starts('serve');
    await lost;
    await goesRound(caller, '1002');
    expect(caller.gather.numDigits).toBe(6);
    expect(caller.heard).not.toContain('New:');
  });
});

const ONE_METHOD = contactMethods('<method name="email" value="ben@example.test"/>');

/** What a platform does: the same webhook again, then wherever it is sent. */
async function goesRound(caller: Caller, digits: string): Promise<void> {
  if (caller.verbs.some((verb) => verb.verb === 'gather')) await caller.go(caller.action, { Digits: digits });
  while (caller.verbs.length === 1 && caller.verbs[0]?.verb === 'redirect') await caller.go(caller.redirect);
  await caller.waits();
}
