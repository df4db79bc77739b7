import { load, worded, type Prompts } from '../../support.ts';

/**
 * What one rule says about callflows, each finding as `line:column message`. Every prompt is worded; any error that
 * another rule finds is a mistake of the test.
 */
export function findingsOf(
  code: string,
  yaml: string | readonly string[],
  options: { readonly prompts?: Prompts; readonly environment?: Readonly<Record<string, string>> } = {},
): readonly string[] {
  const { findings } = load(worded(yaml, options.prompts), options.environment);
  const other = findings.find((each) => each.severity === 'error' && each.code !== code);
  if (other !== undefined) throw new Error(`${other.code} ${other.at.line}:${other.at.column} ${other.message}`);
  return findings.filter((each) => each.code === code).map(({ at, message }) => `${at.line}:${at.column} ${message}`);
}
