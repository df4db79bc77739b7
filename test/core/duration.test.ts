import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duration, formatDuration, readDuration } from '../../src/core/duration.ts';

describe('a length of time', () => {
  it.each([
    ['2500ms', 2_500],
    ['20s', 20_000],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['30d', 2_592_000_000],
    ['1.5s', 1_500],
    ['0.1s', 100],
    [' 8s ', 8_000],
    ['0s', 0],
  ])('D9: %j is %i milliseconds', (text, ms) => {
    expect(readDuration(text)).toBe(ms);
  });

  it.each(['', '5', '-5s', '5 s', '5S', '5sec', '1m30s', 's', '.5s', '1e3s', '1.2345s', '٥s', '1234567890s'])(
    'D9: %j is none',
    (text) => {
      expect(readDuration(text)).toBeNull();
    },
  );

  it('is written in the largest unit that fits and reads back the same', () => {
    const written = [2_592_000_000, 3_600_000, 300_000, 20_000, 2_500, 0].map(formatDuration);
    expect(written).toEqual(['30d', '1h', '5m', '20s', '2500ms', '0ms']);
    fc.assert(
      fc.property(fc.nat(999_999_999), (ms) => {
        expect(readDuration(formatDuration(ms))).toBe(ms);
      }),
    );
  });
});

describe('a setting that is a length of time', () => {
  const wait = duration({ least: 3_000, most: 60_000, usually: 's' });
  const lasts = duration({ least: 30_000, most: 3_600_000, usually: 'm' });
  const timeout = duration({ least: 100, most: 15_000, usually: 's' });
  const spacing = duration({ least: 0, most: 600_000, usually: 's' });
  const said = (schema: typeof wait, written: unknown): string =>
    schema.safeParse(written).error?.issues[0]?.message ?? 'accepted';

  it.each([
    ['a wait', wait, 8, '8 has no unit. Write 8s for 8 seconds (ms, s, m, h).'],
    ['a wait in text', wait, '8', '8 has no unit. Write 8s for 8 seconds (ms, s, m, h).'],
    ['a lifetime', lasts, 5, '5 has no unit. Write 5m for 5 minutes (ms, s, m, h).'],
    ['a broken number', timeout, 2.5, '2.5 has no unit. Write 2.5s for 2.5 seconds (ms, s, m, h).'],
    ['a timeout', timeout, 3_000, '3000 has no unit. Write 3000ms for 3000 milliseconds (ms, s, m, h).'],
    ['a lifetime in seconds', lasts, 300, '300 has no unit. Write 300s for 300 seconds (ms, s, m, h).'],
    [
      'a number that fits no unit',
      wait,
      99_999_999,
      '99999999 has no unit. Write 99999999s for 99999999 seconds (ms, s, m, h).',
    ],
  ])('D9: %s as a bare number is refused and told which unit was meant', (_what, schema, written, message) => {
    expect(said(schema, written)).toBe(message);
  });

  it.each([
    ['soon', '"soon" is not a length of time. Write a number with its unit: 20s, 5m, 2500ms.'],
    ['', '"" is not a length of time. Write a number with its unit: 20s, 5m, 2500ms.'],
    ['-5s', '"-5s" is not a length of time. Write a number with its unit: 20s, 5m, 2500ms.'],
    ['5 minutes', '"5 minutes" is not a length of time. Write 5m.'],
    ['5 Min.', '"5 Min." is not a length of time. Write 5m.'],
    ['20 sec', '"20 sec" is not a length of time. Write 20s.'],
    ['20S', '"20S" is not a length of time. Write 20s.'],
    ['1m30s', '"1m30s" is not a length of time. Write 90s.'],
    ['1 minute, 30 seconds', '"1 minute, 30 seconds" is not a length of time. Write 90s.'],
    ['1.5 hours', '"1.5 hours" is not a length of time. Write 90m.'],
    ['five minutes', '"five minutes" is not a length of time. Write a number with its unit: 20s, 5m, 2500ms.'],
    ['5 apples', '"5 apples" is not a length of time. Write a number with its unit: 20s, 5m, 2500ms.'],
    [true, 'Write a number with its unit: 20s, 5m, 2500ms.'],
    [null, 'Write a number with its unit: 20s, 5m, 2500ms.'],
    ['2s', '2s is outside what is possible here: 3s to 1m.'],
    ['61s', '61s is outside what is possible here: 3s to 1m.'],
    [0, '0 is outside what is possible here: 3s to 1m.'],
  ])('%j as a wait is refused', (written, message) => {
    expect(said(wait, written)).toBe(message);
  });

  it.each(['3s', '1m', '60s', '60000ms'])('%j as a wait is taken: both bounds are possible', (written) => {
    expect(said(wait, written)).toBe('accepted');
  });

  it.each([0, '0', '0s', '0ms'])('%j is none at all and needs no unit, where none is allowed', (written) => {
    expect(spacing.parse(written)).toBe(0);
  });

  it('a bare number is never taken, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), fc.constantFrom(wait, lasts, timeout, spacing), (written, schema) => {
        expect(said(schema, written)).toMatch(/has no unit\. Write \d+(ms|s|m|h) for/);
        expect(said(schema, String(written))).toBe(said(schema, written));
      }),
    );
  });
});
