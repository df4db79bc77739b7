import { isSecret } from '../secrets.ts';
import type { CallflowFile, Project } from '../project.ts';
import { namedVariables, type NamedVariable } from './named-variables.ts';
import type { Rule } from './rule.ts';
import { secretsAround } from './secrets-around.ts';

/** A code goes to the person's own mailbox or telephone, and is never spoken in the call that asks for it. */
export const spokenCode: Rule = {
  code: 'CF321',
  severity: 'error',
  stage: 'sense',
  of: 'callflow',
  *check(file, project) {
    const isCode = codeAt(file, project);
    for (const variable of namedVariables(file, project)) {
      if (!isCode(variable)) continue;
      const { name, text, offset, end } = variable;
      yield {
        at: text.file.yaml.placeIn(text.path, offset, end),
        message:
          name === 'code'
            ? 'A prompt does not speak {code}: whoever is on the line would hear it.'
            : `A prompt does not speak {${name}}, which callers enter as a code or a secret: whoever is near would hear it.`,
        fix:
          name === 'code'
            ? 'Take it out: {code} belongs in the texts under `messages`, which go to the verified contact method.'
            : 'Take it out.',
      };
    }
  },
};

/** Whether a variable is the code, unless a block of the callflow sets one of that name, or what is entered as a secret. */
export function codeAt({ callflow }: CallflowFile, project: Project): (variable: NamedVariable) => boolean {
  const secrets = secretsAround(callflow, project);
  return ({ name, known }) => (name === 'code' && !known.has(name)) || isSecret(name, secrets);
}
