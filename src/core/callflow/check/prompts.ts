import { VERBS } from '../../blocks/index.ts';
import { hasPrompt, STANDARD_PROMPTS, type Wordings } from '../../call/prompts.ts';
import type { Callflow } from '../callflow.ts';
import type { Finding } from '../finding.ts';
import { similar } from '../similar.ts';
import type { YamlFile } from '../yaml.ts';

/** The prompts that every callflow may need are worded in a locale. */
export function checkStandardPrompts(wordings: Wordings, file: string): Finding[] {
  return STANDARD_PROMPTS.filter((prompt) => !hasPrompt(wordings, prompt)).map((prompt) => ({
    code: 'CF302',
    severity: 'error',
    message: `The standard prompt "${prompt}" has no wording in ${wordings.locale}.`,
    fix: `Add "${prompt}:" under \`prompts:\` in this file.`,
    at: { file, line: 1, column: 1 },
  }));
}

/** Every prompt that a callflow names is worded in a locale, and so is every message that it sends. */
export function checkPrompts(callflow: Callflow, wordings: Wordings, file: Pick<YamlFile, 'place'>): Finding[] {
  const findings: Finding[] = [];
  const names = [...wordings.prompts.keys()];
  const missing = (prompt: string, path: readonly PropertyKey[]): void => {
    const [base = prompt, variant] = prompt.split('.');
    // The options of a menu without any wording are not worth a finding each.
    if (variant !== undefined && !hasPrompt(wordings, base)) return;
    const rivals = names.map((key) => (variant === undefined ? (key.split('.')[0] ?? key) : key));
    const near = similar(prompt, variant === undefined ? rivals : rivals.filter((key) => key.startsWith(`${base}.`)));
    findings.push({
      code: 'CF302',
      severity: 'error',
      message: `The prompt "${prompt}" has no wording in ${wordings.locale}.${near === undefined ? '' : ` Did you mean "${near}"?`}`,
      fix: `Add "${variant ?? prompt}:" under \`${variant === undefined ? 'prompts' : base}:\` in the ${wordings.locale} prompt file of "${callflow.name}".`,
      at: file.place(path),
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
  const sends = [...callflow.blocks.values()].some((block) => block.verb === 'send-code');
  for (const method of sends ? (['email', 'sms'] as const) : []) {
    if (!callflow.settings.methods.includes(method) || wordings.messages.has(method)) continue;
    findings.push({
      code: 'CF303',
      severity: 'error',
      message: `The ${method} message that carries the code has no wording in ${wordings.locale}.`,
      fix: `Add "${method}:" under \`messages:\` in the ${wordings.locale} prompt file of "${callflow.name}".`,
      at: file.place(['settings', 'methods']),
    });
  }
  return findings;
}
