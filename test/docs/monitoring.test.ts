/** The dashboard, the alert rules and their page, held against the metrics that there are. */
import { readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import parse from 'parse-prometheus-text-format';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { createMetrics } from '../../src/adapters/telemetry/metrics.ts';
import { anchor, headings, readPage, tables } from './markdown.ts';

const FOLDER = 'docs/operations';
const page = readPage(`${FOLDER}/monitoring.md`);
const rules = z
  .object({ groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })) })
  .parse(parseYaml(readFileSync(`${FOLDER}/alerts.yaml`, 'utf8')))
  .groups.flatMap((group) => group.rules);
const dashboard = z
  .object({ panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })) })
  .parse(JSON.parse(readFileSync(`${FOLDER}/dashboard.json`, 'utf8')));
const queries: readonly (readonly [of: string, query: string])[] = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
];

/** What a query reads, as Prometheus' own grammar has it. */
function readIn(written: string) {
  // What Grafana puts in.
  const query = written.replaceAll('$__rate_interval', '5m');
  const metrics: string[] = [];
  const labels: string[] = [];
  const values: { readonly metric: string; readonly value: string }[] = [];
  const faults: string[] = [];
  parser.parse(query).iterate({
    enter({ name, type, from, to, node }) {
      const text = query.slice(from, to);
      if (type.isError) faults.push(`${query.slice(0, from)} <here> ${text}`);
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector') metrics.push(text);
      if (name === 'LabelName') labels.push(text);
      if (name === 'StringLiteral' && text !== '"$instance"' && text !== '"dialproof"')
        for (const value of text.slice(1, -1).split('|')) values.push({ metric: metrics.at(-1) ?? '', value });
    },
  });
  return { metrics, labels, values, faults };
}

const documented = new Map(
  tables(page)
    .filter(({ head }) => head[0] === 'metric')
    .flatMap(({ rows }) => rows.map(([name = '', labels = '', says = '']) => [name.slice(1, -1), { labels, says }])),
);
/** `_bucket`, `_sum` and `_count` are of the histogram. */
const family = (metric: string): string => metric.replace(/_(?:bucket|sum|count)$/, '');

let all: ReturnType<typeof parse>;
beforeAll(async () => {
  all = parse((await createMetrics().read(true)).text);
});

describe('docs/operations/monitoring.md', () => {
  it('says what each metric means, and of none that there is not', () => {
    const own = all.filter(({ name }) => name.startsWith('dialproof_'));
    expect([...documented.keys()].toSorted()).toEqual(own.map(({ name }) => name).toSorted());
    for (const { says } of documented.values()) expect(says.length).toBeGreaterThan(20);
    const others = [...page.text.matchAll(/`((?:process|nodejs)_\w+)`/g)].map(([, name]) => name);
    expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(others));
  });

  it('says for each alert what to do, and each alert is one of the rules', () => {
    const under = headings(page).filter((heading) => heading.startsWith('Dialproof'));
    expect(under.map(anchor)).toEqual(rules.map(({ alert }) => anchor(alert)));
  });
});

describe('the queries of the alert rules and the dashboard', () => {
  it.each(queries)('%s: can be read, and asks for what there is', (_of, query) => {
    const { metrics, labels, values, faults } = readIn(query);
    expect(faults).toEqual([]);
    expect(metrics.length).toBeGreaterThan(0);
    const known = all.flatMap(({ name, type }) =>
      type === 'HISTOGRAM' ? ['bucket', 'sum', 'count'].map((part) => `${name}_${part}`) : [name],
    );
    expect(['up', ...known]).toEqual(expect.arrayContaining(metrics));
    const own = metrics.flatMap((metric) => documented.get(family(metric)) ?? []);
    const named = own.flatMap((each) => [...each.labels.matchAll(/`(\w+)`/g)].map(([, label]) => label));
    expect(['le', 'instance', 'job', ...named]).toEqual(expect.arrayContaining(labels));
    for (const { metric, value } of values) expect(documented.get(family(metric))?.says).toContain(`\`${value}\``);
  });

  it('leave no metric out', () => {
    const asked = new Set(queries.flatMap(([, query]) => readIn(query).metrics.map(family)));
    expect([...documented.keys()].filter((metric) => !asked.has(metric))).toEqual([]);
  });
});
