import { explainIssues } from '../callflow/explain-issue.ts';
import type { Finding, Place } from '../callflow/finding.ts';
import type { Source } from '../callflow/load.ts';
import { readAs } from '../callflow/read-as.ts';
import { similar } from '../callflow/similar.ts';
import { readYaml, type YamlFile, type YamlValue } from '../callflow/yaml.ts';
import { examplesIn, fill, placesIn, scenariosIn } from './examples.ts';
import { MOST_EXAMPLES, scenarioFileSchema, type Scenario, type ScenarioFile } from './scenario-schema.ts';

const SEE = 'See the scenario files in test/calls/.';

export interface LoadedScenarios {
  /** Null when there are errors. A scenario with examples is one for each of them here, its places filled. */
  readonly scenarios: (Omit<ScenarioFile, 'scenarios'> & { readonly scenarios: readonly PlacedScenario[] }) | null;
  readonly findings: readonly Finding[];
}

/** A scenario, and where it stands in its file. */
export interface PlacedScenario extends Scenario {
  readonly at: Place;
  /** Where a part of it stands, for example `['call', 3]`; the scenario itself where it has no such part. */
  place(path: readonly PropertyKey[]): Place;
  /** Where it stands in its file, and where all parts of that stand. */
  readonly path: readonly PropertyKey[];
  readonly file: Pick<YamlFile, 'place' | 'placeOfKey'>;
}

/** Reads one file of scenarios. Everything wrong with it comes back as findings; it never throws for a bad file. */
export function loadScenarios(source: Source): LoadedScenarios {
  const yaml = readYaml(source.file, source.text);
  if (yaml.findings.length > 0) return { scenarios: null, findings: yaml.findings };
  const unfilled = [...unknownPlaces(yaml), ...unusedValues(yaml)];
  const rounds = filledOnce(yaml.value).map((value) => readAs(scenarioFileSchema, value));
  const refused = rounds.flatMap(({ error }) =>
    error === undefined
      ? []
      : explainIssues(error.issues, { file: yaml, schema: scenarioFileSchema, at: [], see: SEE }),
  );
  const [first, ...others] = rounds.flatMap(({ data }) => data ?? []);
  const found = distinct([...unfilled, ...refused]);
  if (found.length > 0 || first === undefined) return { scenarios: null, findings: found };
  const played = first.scenarios.map((scenario, index) => [
    scenario,
    ...others.slice(0, (scenario.examples?.length ?? 1) - 1).flatMap((each) => each.scenarios[index] ?? []),
  ]);
  const twins = sameNames(played, yaml);
  if (twins.length > 0) return { scenarios: null, findings: twins };
  const placed = played.flatMap((each, index) =>
    each.map((scenario) => withPlaces(scenario, ['scenarios', index], yaml)),
  );
  return { scenarios: { ...first, scenarios: placed }, findings: [] };
}

function withPlaces(scenario: Scenario, path: readonly PropertyKey[], file: YamlFile): PlacedScenario {
  const place = (part: readonly PropertyKey[]): Place => file.place([...path, ...part]);
  return { ...scenario, at: place(['name']), place, path, file };
}

/** The file once for each example: with the first one of every scenario, with the second, and so on. */
function filledOnce(value: YamlValue): readonly YamlValue[] {
  const scenarios = scenariosIn(value);
  const most = Math.max(1, ...scenarios.map((scenario) => examplesIn(scenario).length));
  return Array.from({ length: Math.min(most, MOST_EXAMPLES) }, (_, round) => {
    if (scenarios.length === 0) return value;
    const filled = scenarios.map((scenario) => {
      const examples = examplesIn(scenario);
      const example = examples[Math.min(round, examples.length - 1)];
      return example === undefined ? scenario : fill(scenario, example);
    });
    return { ...(value as object), scenarios: filled };
  });
}

/** `<kye>` where an example of the scenario says nothing by that name. */
function unknownPlaces(yaml: YamlFile): Finding[] {
  return scenariosIn(yaml.value).flatMap((scenario, index) =>
    placesIn(scenario).flatMap(({ name, path }) => {
      const examples = examplesIn(scenario);
      if (examples.length > 0 && examples.every((example) => Object.hasOwn(example, name))) return [];
      const near = similar(name, Object.keys(Object.assign({}, ...examples) as object));
      const asks = near === undefined || near === name ? '' : ` Did you mean "<${near}>"?`;
      return finding(`Not every example says what "<${name}>" is.${asks}`, {
        fix: `Write for example: examples: [ { ${name}: 7 }, { ${name}: 9 } ]`,
        at: yaml.place(['scenarios', index, ...path]),
      });
    }),
  );
}

/** A value of an example that changes nothing: whoever wrote it believes that it does. */
function unusedValues(yaml: YamlFile): Finding[] {
  return scenariosIn(yaml.value).flatMap((scenario, index) => {
    const named = new Set(placesIn(scenario).map(({ name }) => name));
    const [first = {}] = examplesIn(scenario);
    return Object.keys(first)
      .filter((name) => !named.has(name))
      .flatMap((name) =>
        finding(`Nothing in the scenario names "<${name}>".`, {
          fix: 'Write the place where the value goes, or take the value out; in a `reply` nothing is replaced.',
          at: yaml.place(['scenarios', index, 'examples', 0, name]),
        }),
      );
  });
}

/** Reports tell scenarios by their names. */
function sameNames(played: readonly (readonly Scenario[])[], yaml: YamlFile): Finding[] {
  const seen = new Set<string>();
  return played.flatMap((scenarios, index) => {
    const twin = scenarios.find(({ name }) => seen.size === seen.add(name).size);
    if (twin === undefined) return [];
    return finding(`Two scenarios are called "${twin.name}".`, {
      fix: 'Give each a name of its own; with examples, put a <place> of them into it.',
      at: yaml.place(['scenarios', index, 'name']),
    });
  });
}

/** One finding a place: what stands in an unfilled place is wrong as well, and again with the next example. */
function distinct(findings: readonly Finding[]): Finding[] {
  const places = new Map<string, Finding>();
  for (const each of findings) {
    const place = `${each.at.line}:${each.at.column}`;
    if (!places.has(place)) places.set(place, each);
  }
  return [...places.values()];
}

function finding(message: string, rest: Pick<Finding, 'fix' | 'at'>): Finding[] {
  return [{ code: 'CF102', severity: 'error', message, ...rest }];
}
