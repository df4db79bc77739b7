import { VERBS } from '../../blocks/index.ts';
import { hasPrompt, STANDARD_PROMPTS, type Wordings } from '../../call/prompts.ts';
import type { Callflow } from '../callflow.ts';
import type { Finding, Place } from '../finding.ts';
import { similar } from '../similar.ts';

/** Every prompt that a callflow names is worded in a locale, and so is every message that it sends. */
export function checkPrompts(
  callflow: Callflow,
  wordings: Wordings,
  place: (path: readonly PropertyKey[]) => Place,
): Finding[] {
  const findings: Finding[] = [];
  const names = new Set([...wordings.prompts.keys()].map((key) => key.split('.')[0] ?? key));
  const missing = (prompt: string, path: readonly PropertyKey[]): void => {
    const near = similar(prompt, names);
    findings.push({
      code: 'CF302',
      severity: 'error',
      message: `The prompt "${prompt}" has no wording in ${wordings.locale}.${near === undefined ? '' : ` Did you mean "${near}"?`}`,
      fix: `Add "${prompt}:" under \`prompts:\` in the ${wordings.locale} prompt file of "${callflow.name}".`,
      at: place(path),
    });
  };
  for (const block of callflow.blocks.values()) {
    for (const prompt of VERBS.get(block.verb)?.prompts?.(block.body) ?? []) {
      if (!hasPrompt(wordings, prompt)) missing(prompt, ['blocks', block.name, block.verb]);
    }
  }
  for (const [name, exit] of Object.entries(callflow.exits)) {
    if (exit.say !== undefined && !hasPrompt(wordings, exit.say)) missing(exit.say, ['exits', name, 'say']);
  }
  for (const prompt of STANDARD_PROMPTS) {
    if (!hasPrompt(wordings, prompt)) missing(prompt, []);
  }
  const sends = [...callflow.blocks.values()].some((block) => block.verb === 'send-code');
  for (const method of sends ? (['email', 'sms'] as const) : []) {
    if (!callflow.settings.methods.includes(method) || wordings.messages.has(method)) continue;
    findings.push({
      code: 'CF303',
      severity: 'error',
      message: `The ${method} message that carries the code has no wording in ${wordings.locale}.`,
      fix: `Add "${method}:" under \`messages:\` in the ${wordings.locale} prompt file of "${callflow.name}".`,
      at: place(['settings', 'methods']),
    });
  }
  return findings;
}
