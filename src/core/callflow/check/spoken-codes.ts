import { VERBS } from '../../blocks/index.ts';
import type { Rule } from './rule.ts';

/** A code is better typed than said aloud: whoever stands by hears it. */
export const spokenCodes: Rule = {
  code: 'CF211',
  severity: 'warning',
  stage: 'sense',
  of: 'callflow',
  *check({ callflow, yaml }) {
    const blocks = [...callflow.blocks.values()].flatMap(({ name, verb, body }) => {
      const kind = VERBS.get(verb)?.kind;
      return kind === undefined ? [] : [{ name, body, kind }];
    });
    const tried = new Set(
      blocks.flatMap(({ kind, body }) => (kind.does === 'perform' ? (kind.blanks?.(body) ?? []) : [])),
    );
    for (const { name, body, kind } of blocks) {
      if (kind.does !== 'listen' || kind.hearsSpeech?.(body) !== true) continue;
      if (kind.secrecy?.(body) !== 'code' && !tried.has(kind.saves?.(body) ?? '')) continue;
      yield {
        at: yaml.place(['blocks', name, 'input']),
        message: `"${name}" asks for a code aloud: whoever stands by the caller would hear it.`,
        fix: 'Take `input` out, unless your callers cannot use keys.',
      };
    }
  },
};
