import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isDelivered, METHODS } from '../../src/core/method.ts';
import { overHttp } from '../adapters/delivery/over-http.ts';
import { deliveryContract } from '../contracts/delivery.ts';
import { createBridge } from './example-sender.ts';
import { fences, readPage, tables } from './markdown.ts';

const page = readPage('docs/operators.md');
const UNDER = ['Another sender for a method that there is', 'A new method'];
const rows = tables(page)
  .filter(({ head, under }) => head[0] === 'file' && UNDER.includes(under))
  .flatMap(({ rows: each }) => each);
const linked = rows.flatMap(([file = '', what = '']) => {
  const [, to] = /\]\(\.\.\/(.+)\)/.exec(file) ?? [];
  return to === undefined ? [] : [{ to, what }];
});

describe('docs/operators.md, adding a way to deliver codes', () => {
  it('names every file that is to be changed', () => {
    expect(linked.map(({ to }) => to).filter((file) => !existsSync(file))).toEqual([]);
    expect(linked).toHaveLength(8);
  });

  it.each(linked)('$to has what the section names in it', ({ to, what }) => {
    const named = [...what.matchAll(/`([\w-]+)`/g)].map((match) => match[1] ?? '');
    const text = readFileSync(to, 'utf8');
    expect(named.filter((name) => !text.includes(name))).toEqual([]);
  });

  it.each(linked.filter(({ to }) => !/environment|reports/.test(to)))(
    '$to is a list with every method that is delivered',
    ({ to }) => {
      const text = readFileSync(to, 'utf8');
      expect(METHODS.filter(isDelivered).filter((method) => !new RegExp(`\\b${method}\\b`).test(text))).toEqual([]);
    },
  );

  it('shows a sender that compiles, as it would stand in src/adapters/delivery', () => {
    const folder = path.posix.resolve('/src/adapters/delivery');
    const text = readFileSync('test/docs/example-sender.ts', 'utf8');
    const moved = text.replaceAll(/'(\.\.\/\.\.\/src\/[^']+)'/g, (_all, from: string) => {
      const to = path.posix.relative(folder, path.posix.resolve('/test/docs', from));
      return `'${to.startsWith('.') ? to : `./${to}`}'`;
    });
    expect(fences(page).find(({ language }) => language === 'ts')?.text).toBe(moved);
  });
});

deliveryContract(
  'the sender that docs/operators.md shows',
  overHttp({
    carries: 'text',
    from: '+12025550100',
    to: '+12025550123',
    spelling: '1 (202) 555-0123',
    refused: ['+12025550100', '+442079460123'],
    create: (url, timeout) =>
      createBridge({
        url,
        token: 'token',
        timeout,
        hosts: ['127.0.0.1'],
        numbers: { countries: ['US'], own: ['+12025550100'] },
      }),
    taken: { status: 202, body: '{}' },
    readTo: (body) => String(JSON.parse(body).to),
  }),
);
