import type { z } from 'zod';
import { promptFileSchema } from '../../call/prompts.ts';
import { loadAsWritten, type CallflowAsWritten } from '../as-written.ts';
import { explainIssues } from '../explain-issue.ts';
import type { Finding } from '../finding.ts';
import type { LibrarySources } from '../library.ts';
import { readYaml } from '../yaml.ts';

/** All callflows and prompts of one state of the files, as they are written. */
export interface Version {
  readonly callflows: ReadonlyMap<string, CallflowAsWritten>;
  readonly prompts: readonly PromptFile[];
}

export interface PromptFile {
  readonly locale: string;
  /** The callflow it belongs to, or `standard`. */
  readonly callflow: string;
  readonly written: z.output<typeof promptFileSchema>;
}

/** Reads a version; null where a file of it has errors. */
export function readVersion(sources: LibrarySources): {
  readonly version: Version | null;
  readonly findings: readonly Finding[];
} {
  const findings: Finding[] = [];
  const callflows = new Map<string, CallflowAsWritten>();
  for (const source of sources.callflows) {
    const { written, findings: found } = loadAsWritten(source);
    findings.push(...found);
    if (written !== null) callflows.set(written.callflow.name, written);
  }
  const prompts = sources.prompts.flatMap((source): PromptFile[] => {
    const { locale, callflow } = source;
    const file = readYaml(source.file, source.text);
    const parsed = file.findings.length > 0 ? null : promptFileSchema.safeParse(file.value);
    findings.push(...file.findings);
    if (parsed?.success === true) return [{ locale, callflow, written: parsed.data }];
    findings.push(...explainIssues(parsed?.error.issues ?? [], { file, schema: promptFileSchema, at: [] }));
    return [];
  });
  const broken = findings.some(({ severity }) => severity === 'error');
  return { version: broken ? null : { callflows, prompts }, findings };
}
