import { VERBS } from '../../blocks/index.ts';
import type { CallflowFile } from '../project.ts';
import { namedVariables, type NamedVariable } from './named-variables.ts';
import type { Rule } from './rule.ts';

/** A code goes to the person's own mailbox or telephone, and is never spoken in the call that asks for it. */
export const spokenCode: Rule = {
  code: 'CF321',
  severity: 'error',
  stage: 'sense',
  of: 'callflow',
  *check(file, project) {
    const isSecret = secretAt(file);
    for (const variable of namedVariables(file, project)) {
      if (!isSecret(variable)) continue;
      const { name, text, offset } = variable;
      yield {
        at: text.file.yaml.placeIn(text.path, offset),
        message: `{${name}} would speak the code in the call of the person who is to prove who they are.`,
        fix:
          name === 'code'
            ? 'Take it out: {code} belongs in the texts under `messages`, which go to the verified contact method.'
            : 'Take it out: what was entered is the code, or nearly, and whoever listens hears it.',
      };
    }
  },
};

/** Whether a variable is the code: `{code}` unless the callflow has one of that name, and what a verify-code tries. */
export function secretAt({ callflow }: CallflowFile): (variable: NamedVariable) => boolean {
  const tried = [...callflow.blocks.values()].flatMap(({ name, verb, body }) =>
    verb === 'verify-code' ? (VERBS.get(verb)?.reads?.(body, { name, callflow }) ?? []) : [],
  );
  return ({ name, known }) => (name === 'code' && !known.has(name)) || tried.includes(name.replace(/_nbest\d+$/, ''));
}
