import { describe, expect, it } from 'vitest';
import { VERBS } from '../../../src/core/blocks/index.ts';
import { readYaml, type YamlValue } from '../../../src/core/callflow/yaml.ts';

describe('the verbs of the language', () => {
  it('are these', () => {
    expect([...VERBS.keys()]).toEqual([
      'say',
      'menu',
      'collect',
      'find-methods',
      'choose-method',
      'send-code',
      'verify-code',
      'service',
      'when',
      'set',
      'link',
    ]);
  });

  it.each([...VERBS.values()].map((verb) => [verb.name, verb] as const))(
    'the example of %s is a block of it',
    (_name, verb) => {
      const { value, findings } = readYaml('example.yaml', verb.example);
      expect(findings).toEqual([]);
      const [body] = Object.values(value as Readonly<Record<string, YamlValue>>);
      expect(verb.schema.safeParse(body).error).toBeUndefined();
      expect(Object.keys(body as object).filter((key) => VERBS.has(key))).toEqual([verb.name]);
      expect(verb.summary).toMatch(/^[A-Z].*\.$/);
    },
  );
});
