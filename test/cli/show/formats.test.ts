import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dotOf } from '../../../src/cli/show/dot.ts';
import { jsonOf } from '../../../src/cli/show/json.ts';
import { mermaidOf } from '../../../src/cli/show/mermaid.ts';
import { anyPicture, pictureFrom, readFor, sourcesOf } from './pictures.ts';

const LINE = `callflow: line
title: The "line"
start: hello
settings: { zero-is: agent }
exits:
  agent: { dial: "\${AGENT_NUMBER}" }
  end: { hang-up: true }
blocks:
  hello: { say: hello, next: class }
  class: { menu: class, keys: { 1: zip, 2: zip, 3: end, 9: class } }
  zip: { collect: zip, digits: 5, save-as: Zip, star: class, next: weather, silences: { most: 1, then: end } }
  weather: { service: weather, paths: { success: end, failed: agent } }
services: { weather: { production: "\${CALLFLOW_WEATHER_URL}" } }
`;
const WORDS = `locale: en-US
prompts:
  hello: "Say \\"hello\\" #1 & more"
  class: { ask: "Which one?", zip: "The first", end: "The last", class: "This again" }
  zip: "Your zip code, please. It has five digits and you find it in your address."
`;
const NOTHING_SAID = { wordings: null, limits: false };

describe('a callflow as Mermaid', () => {
  it('has a box for each block, a stadium for each exit, and says on the arrows what takes them', () => {
    expect(mermaidOf(pictureFrom(LINE, { prompts: WORDS }))).toBe(`flowchart TD
  start((start)) --> block_hello
  block_hello["<b>hello</b><br/><i>say</i><br/>“Say #34;hello#34; #35;1 #38; more”"]
  block_class["<b>class</b><br/><i>menu</i><br/>“Which one?”<br/><small>key 0, 3 silences or wrong keys → agent</small><br/><small>key 9 → class</small>"]
  block_zip["<b>zip</b><br/><i>collect</i> 5 digits<br/>“Your zip code, please. It has five digits and you find it…”<br/><small>1 silence → end</small><br/><small>3 wrong keys → agent</small>"]
  block_weather["<b>weather</b><br/><i>service</i> weather"]
  exit_agent(["<b>agent</b><br/>dials AGENT_NUMBER"]):::agent
  exit_end(["<b>end</b><br/>hangs up"]):::hang-up
  block_hello --> block_class
  block_class -- "1, 2" --> block_zip
  block_class -- "3" --> exit_end
  block_zip --> block_weather
  block_zip -- "star" --> block_class
  block_weather -- "success" --> exit_end
  block_weather -- "failed" --> exit_agent
  classDef agent fill:#ddf4ff,stroke:#0969da,color:#033d8b
  classDef hang-up fill:#eaeef2,stroke:#57606a,color:#32383f
`);
  });

  it('draws limits as dotted arrows when they are asked for', () => {
    const lines = mermaidOf(pictureFrom(LINE, { limits: true })).split('\n');
    expect(lines.filter((line) => line.includes('-.'))).toEqual([
      '  block_class -. "key 0, 3 silences or wrong keys" .-> exit_agent',
      '  block_zip -. "1 silence" .-> exit_end',
      '  block_zip -. "3 wrong keys" .-> exit_agent',
    ]);
  });

  it('whatever the words are, none of them ends a label or begins a tag', () => {
    const label = /^(?:[^"<>`\\]|<\/?(?:b|i|small|br)\/?>)*$/;
    fc.assert(
      fc.property(anyPicture({ most: 6 }), (picture) => {
        for (const line of mermaidOf(picture).trimEnd().split('\n').slice(2)) {
          if (line.startsWith('  classDef')) continue;
          const labels = line.split('"').filter((_piece, index) => index % 2 === 1);
          expect(line.split('"').length % 2).toBe(1);
          expect(labels.filter((each) => !label.test(each))).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a callflow as DOT', () => {
  it('is what Graphviz reads', () => {
    expect(dotOf(pictureFrom(LINE, { prompts: WORDS }))).toBe(`digraph "line" {
  graph [label="The \\"line\\"", labelloc=t, fontname="Helvetica", rankdir=TB]
  node [shape=box, style="rounded,filled", fillcolor="#ffffff", color="#8c959f", fontname="Helvetica", fontsize=11]
  edge [color="#57606a", fontname="Helvetica", fontsize=10]
  "" [shape=circle, label="", width=0.2, fillcolor="#57606a"]
  "" -> "hello"
  "hello" [label="hello\\lsay\\l“Say \\"hello\\" #1 & more”\\l"]
  "class" [label="class\\lmenu\\l“Which one?”\\lkey 0, 3 silences or wrong keys → agent\\lkey 9 → class\\l"]
  "zip" [label="zip\\lcollect 5 digits\\l“Your zip code, please. It has five digits and…”\\l1 silence → end\\l3 wrong keys → agent\\l"]
  "weather" [label="weather\\lservice weather\\l"]
  "agent" [label="agent\\ldials AGENT_NUMBER\\l", shape=ellipse, fillcolor="#ddf4ff", color="#0969da"]
  "end" [label="end\\lhangs up\\l", shape=underline, fillcolor="#eaeef2", color="#57606a"]
  "hello" -> "class"
  "class" -> "zip" [label="1, 2"]
  "class" -> "end" [label="3"]
  "zip" -> "weather"
  "zip" -> "class" [label="star"]
  "weather" -> "end" [label="success"]
  "weather" -> "agent" [label="failed"]
}
`);
  });
});

describe('a callflow as JSON', () => {
  it('has every path, and what takes it', () => {
    const { written, wordings } = readFor('line', sourcesOf(LINE, WORDS));
    const shown = jsonOf(written, wordings);
    expect(shown).toMatchObject({ callflow: 'line', title: 'The "line"', start: 'hello' });
    expect(shown.nodes.map(({ name, verb, detail, words }) => [name, verb, detail, words])).toEqual([
      ['hello', 'say', '', 'Say "hello" #1 & more'],
      ['class', 'menu', '', 'Which one?'],
      ['zip', 'collect', '5 digits', 'Your zip code, please. It has five digits and you find it in your address.'],
      ['weather', 'service', 'weather', null],
    ]);
    expect(shown.exits.map(({ name, kind, does, says }) => [name, kind, does, says])).toEqual([
      ['agent', 'agent', 'dials AGENT_NUMBER', null],
      ['end', 'hang-up', 'hangs up', null],
      ['error', 'error', 'dials AGENT_NUMBER', 'technical-problem'],
    ]);
    expect(shown.edges.filter(({ from }) => from === 'zip')).toEqual([
      { from: 'zip', path: 'next', to: 'weather', by: 'key' },
      { from: 'zip', path: 'star', to: 'class', by: 'key' },
      { from: 'zip', path: 'silences', to: 'end', by: 'limit', most: 1 },
      { from: 'zip', path: 'wrong-keys', to: 'agent', by: 'limit', most: 3 },
    ]);
  });
});

describe('what pictures leave to notes, so that the story is seen', () => {
  const noted = (callflow: string) =>
    pictureFrom(callflow).boxes.flatMap(({ name, notes }) =>
      notes.map(({ when, to }) => `${name}: ${when.join(', ')} → ${to}`),
    );
  const arrows = (callflow: string) =>
    pictureFrom(callflow).arrows.map(({ from, labels, to }) => `${from} ${labels.join(',')}→ ${to}`);

  it('technical failures, but not where a block goes on by itself', () => {
    const flow =
      'callflow: x\nstart: a\nblocks:\n  a: { service: s, paths: { success: b, failed: error } }\n  b: { say: b, next: error }\nservices: { s: {} }\n';
    expect(noted(flow)).toEqual(['a: failed → error']);
    expect(arrows(flow)).toEqual(['a success→ b', 'b → error']);
  });

  it('the keys back to a menu that three come back to', () => {
    const menus = (count: number): string => {
      const names = ['m1', 'm2', 'm3'].slice(0, count);
      const keys = names.map((name, index) => `${index + 1}: ${name}`).join(', ');
      const rest = names.map((name) => `  ${name}: { menu: m, keys: { 1: agent, 9: top } }\n`).join('');
      return `callflow: x\nstart: top\nexits: { agent: { hang-up: true } }\nblocks:\n  top: { menu: m, keys: { ${keys} } }\n${rest}`;
    };
    expect(arrows(menus(2)).filter((each) => each.endsWith('top'))).toEqual(['m1 9→ top', 'm2 9→ top']);
    expect(arrows(menus(3)).filter((each) => each.endsWith('top'))).toEqual([]);
    expect(noted(menus(3)).filter((each) => each.endsWith('top'))).toEqual([
      'm1: key 9 → top',
      'm2: key 9 → top',
      'm3: key 9 → top',
    ]);
  });

  it('one of several ways to an exit that four leave by; never the only one', () => {
    const menus = ['a', 'b', 'c', 'd'].map((name, index, all) => {
      return `  ${name}: { menu: m, keys: { 1: ${all[index + 1] ?? 'e'}, 2: agent } }\n`;
    });
    const flow = `callflow: x\nstart: a\nexits: { agent: { hang-up: true } }\nblocks:\n${menus.join('')}  e: { say: e, next: agent }\n`;
    expect(arrows(flow).filter((each) => each.endsWith('agent'))).toEqual(['e → agent']);
    expect(noted(flow).filter((each) => each.includes('key 2'))).toHaveLength(4);
  });

  it('a sketch shows what is still to be written', () => {
    const picture = pictureFrom('callflow: x\nstart: a\nblocks:\n  a: { say: a, next: later }\n');
    expect(picture.exits).toEqual([{ name: 'later', kind: 'missing', does: 'is not written yet', says: null }]);
    expect(picture.boxes[0]?.text).toBe(null);
  });

  it('words need a prompt file, boxes do not', () => {
    const { written } = readFor('line', sourcesOf(LINE));
    expect(jsonOf(written, NOTHING_SAID.wordings).nodes.map(({ words }) => words)).toEqual([null, null, null, null]);
  });
});
