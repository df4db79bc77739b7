import { describe, expect, it } from 'vitest';
import { callflow, found, type Files } from './overlay.ts';

const OTHER = {
  'callflows/other.yaml':
    'callflow: other\nstart: hello\nexits: { bye: { hang-up: true } }\nblocks: { hello: { say: goodbye, next: bye } }',
};
const LINKS = callflow('  go: { link: other, paths: { bye: bye } }');

describe('CF324: a link into a callflow that does not speak the language', () => {
  it('is told at the link', () => {
    const files: Files = { ...OTHER, ...LINKS, 'prompts/es-ES/tiny.yaml': 'locale: es-ES' };
    expect(found(files)).toEqual([
      'callflows/tiny.yaml:5:15 warning CF324 "other" does not speak es-ES, as this callflow does: callers would hear en-US there.',
    ]);
  });

  it.each<[string, Files]>([
    [
      'where both speak it',
      { 'prompts/es-ES/tiny.yaml': 'locale: es-ES', 'prompts/es-ES/other.yaml': 'locale: es-ES' },
    ],
    ['where the other one speaks more', { 'prompts/es-ES/other.yaml': 'locale: es-ES' }],
    ['where only the default language is spoken', {}],
  ])('is not one %s', (_what, files) => {
    expect(found({ ...OTHER, ...LINKS, ...files })).toEqual([]);
  });
});
