import { describe, expect, it } from 'vitest';
import { check, filesWith } from '../../../docs/examples.ts';
import { found, says } from './overlay.ts';

describe('CF305: the folder of a prompt file and its language', () => {
  it('may not differ', () => {
    const files = { ...says('"Hello."'), 'prompts/es-ES/tiny.yaml': 'locale: es-MX\nprompts: { hello: "Hola." }' };
    expect(found(files)).toEqual([
      'prompts/es-ES/tiny.yaml:1:9 error CF305 This file stands in the folder es-ES, and says that its language is es-MX.',
    ]);
  });

  it('a whole folder with a mistyped name: one finding for each file, and none about what it lacks', () => {
    const files = [...filesWith([])].map(([file, text]) => [file.replace('es-ES', 'es-SE'), text] as const);
    const { findings } = check(new Map(files));
    expect(findings.map(({ code, at }) => `${code} ${at.file}`).toSorted()).toEqual([
      'CF305 prompts/es-SE/main.yaml',
      'CF305 prompts/es-SE/otp-nodes.yaml',
      'CF305 prompts/es-SE/standard.yaml',
      'CF305 prompts/es-SE/two-factor.yaml',
      'CF305 prompts/es-SE/web-sign-in.yaml',
    ]);
  });

  it('a folder that is no language at all', () => {
    const { 'prompts/en-US/tiny.yaml': text = '', ...rest } = says('"Hello."');
    expect(found({ ...rest, 'prompts/english/tiny.yaml': text })).toContain(
      'prompts/english/tiny.yaml:1:9 error CF305 This file stands in the folder english, and says that its language is en-US.',
    );
  });
});
