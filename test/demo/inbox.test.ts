import { describe, expect, it } from 'vitest';
import { Inbox } from '../../src/demo/inbox.ts';

const inboxWith = (...texts: string[]) => {
  let now = 1000;
  const inbox = new Inbox({ now: () => now++ });
  for (const text of texts) inbox.add({ method: 'sms', to: '+12025550121', text, report: 'r' });
  return inbox;
};

describe('the inbox', () => {
  it.each([
    ['Your code is 012345.', '012345'],
    ['Code 1234', '1234'],
    ['1234567890 is your code', '1234567890'],
    ['Good for 5 minutes: 482913', '482913'],
    ['482913, then 999999', '482913'],
    ['4 8 2 9', null],
    ['Reference 12345678901', null],
    ['', null],
  ])('reads the code of %j as %j: the first run of 4 to 10 digits', (text, code) => {
    expect(inboxWith(text).messages[0]?.code).toBe(code);
  });

  it('says when each message came, oldest first, each under an id of its own', () => {
    expect(inboxWith('a', 'b').messages).toMatchObject([
      { id: '1', text: 'a', at: 1000 },
      { id: '2', text: 'b', at: 1001 },
    ]);
  });

  it('keeps the last 500 messages', () => {
    const { messages } = inboxWith(...Array.from({ length: 503 }, (_, n) => `message ${n}`));
    expect(messages).toHaveLength(500);
    expect(messages[0]?.text).toBe('message 3');
    expect(messages.at(-1)?.text).toBe('message 502');
  });
});
