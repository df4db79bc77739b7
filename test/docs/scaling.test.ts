import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../src/cli/environment.ts';
import { ASSUMED, demandOf, figuresSchema, supplyOf, type Figures } from './scaling-model.ts';
import { readPage, tables } from './markdown.ts';
import { scalingPage } from './scaling-page.ts';

const figures = figuresSchema.parse(JSON.parse(readFileSync('docs/performance.json', 'utf8')));

describe('docs/scaling.md', () => {
  it('is what `npm run docs:scaling` computes from docs/performance.json', async () => {
    const text = readFileSync('docs/scaling.md', 'utf8');
    await expect(scalingPage(text, figures)).toMatchFileSnapshot('../../docs/scaling.md');
  });

  it('says at how many calls a limit is reached, as the model has it', () => {
    const { secondsPerCall, codesPerCall, sendsPerSecond, commitsPerSecond, commitsPerTurn, secondsPerTurn } = ASSUMED;
    const reached = [
      ((Number(SETTINGS.SENDS_PER_HOUR.by) / 3_600) * secondsPerCall.value) / codesPerCall.value,
      (sendsPerSecond.value * secondsPerCall.value) / codesPerCall.value,
      (commitsPerSecond.value / commitsPerTurn.value) * secondsPerTurn.value,
    ];
    const table = tables(readPage('docs/scaling.md')).find(({ under }) => under === 'What breaks first');
    const sizes = table?.rows.map(([size = '']) => Number(size.replace(',', '')));
    expect(sizes).toEqual(expect.arrayContaining(reached));
    expect(sizes).toEqual(sizes?.toSorted((a, b) => a - b));
  });

  it('assumes the defaults of the settings that it names', () => {
    expect(String(ASSUMED.retention.value)).toBe(SETTINGS.RETENTION_DAYS.by);
    expect(String(ASSUMED.connections.value)).toBe(SETTINGS.DATABASE_CONNECTIONS.by);
  });
});

describe('the capacity model', () => {
  const measured: Figures = {
    date: '2026-01-01',
    machine: 'two cores',
    sqlite: { turnsPerSecond: 1_000, p99At200: 10, p99At1000: 50 },
    postgres: { one: 500, two: 800 },
    bytesPerCall: 10_000,
    memoryPerCall: 1_000,
    startUpMs: 500,
  };

  it('asks for a turn of each call every six seconds', () => {
    expect(demandOf(100_000).turnsPerSecond).toBeCloseTo(16_667, 0);
    expect(demandOf(9_000)).toMatchObject({ startsPerSecond: 100, codesPerSecond: 100, callsPerDay: 1_800_000 });
  });

  it('plans with half of what is measured, and an instance to spare', () => {
    expect(supplyOf(3_000, measured)).toMatchObject({ sqlite: true, instances: 3, connections: 30, databases: 1 });
    expect(supplyOf(3_001, measured)).toMatchObject({ sqlite: false, instances: 4 });
  });

  it('counts the databases by whichever is reached first, commits or codes', () => {
    expect(supplyOf(13_500, measured).databases).toBe(1);
    expect(supplyOf(13_501, measured).databases).toBe(2);
  });

  it('says what is not measured, and computes nothing from it', () => {
    const nothing = { ...measured, postgres: { one: 0, two: 0 }, bytesPerCall: 0 };
    expect(supplyOf(100, nothing)).toMatchObject({ instances: null, connections: null, disk: null, sqlite: true });
  });
});
