import { isExternal, type CodeService } from '../../blocks/code-service.ts';
import type { Rule } from './rule.ts';

const SERVICES: readonly { readonly name: CodeService; readonly does: string }[] = [
  { name: 'send-code', does: 'makes and sends the codes' },
  { name: 'verify-code', does: 'checks them' },
];

/** Codes of another system need the services that make and check them (G60). */
export const externalServices: Rule = {
  code: 'CF241',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check({ callflow, yaml }) {
    if (!isExternal(callflow)) return;
    const verbs = new Set([...callflow.blocks.values()].map(({ verb }) => verb));
    for (const { name, does } of SERVICES) {
      if (!verbs.has(name) || Object.hasOwn(callflow.services, name)) continue;
      yield {
        at: yaml.place(['settings', 'code', 'made-by']),
        message: `The codes are made by another system (\`made-by: external\`), and there is no service "${name}", which ${does}.`,
        fix: `Add "${name}" under \`services\`, with its address.`,
      };
    }
  },
};
