import { checkProject } from '../../core/callflow/check/index.ts';
import type { Finding } from '../../core/callflow/finding.ts';
import { inOrder } from '../../core/callflow/in-order.ts';
import { readProject, type Project } from '../../core/callflow/project.ts';
import { checkEnvironment, type RawEnvironment } from '../environment.ts';
import { readSources, type LibraryFolders } from '../library-files.ts';
import { demoEnvironment } from '../serve/demo-environment.ts';

/** What was checked, and what is wrong with it. */
export interface Checked {
  readonly findings: readonly Finding[];
  /** Every file that was read, by the path that findings name. */
  readonly texts: ReadonlyMap<string, string>;
  /** The same, and what names the bytes of each recording: with another of these, a file has changed. */
  readonly contents: ReadonlyMap<string, string>;
  readonly callflows: number;
  readonly languages: number;
  readonly prompts: number;
}

/** What the demo company would set: its addresses are not called here, so any will do. */
const DEMO = {
  contactMethodsUrl: 'http://localhost/contact-methods',
  codes: { sendCodeUrl: 'http://localhost/send-code', verifyCodeUrl: 'http://localhost/verify-code' },
  balanceUrl: 'http://localhost/balance',
  smtp: { host: 'localhost', port: 25 },
  sms: { method: 'POST', url: 'http://localhost/sms', headers: '', body: '' },
  hosts: [],
} as const;

/** Reads and checks all files. @throws DialproofError where a folder is missing */
export async function checkFiles(raw: RawEnvironment): Promise<Checked> {
  const sources = await readSources(foldersIn(raw));
  const { NODE_ENV, DEFAULT_LOCALE: defaultLocale } = checkEnvironment(raw).environment;
  const environment = NODE_ENV === 'production' ? raw : demoEnvironment(raw, DEMO);
  const { project, findings: unreadable } = readProject(sources, { environment, defaultLocale });
  const texts = new Map([...sources.callflows, ...sources.prompts].map(({ file, text }) => [file, text]));
  return {
    findings: inOrder([...unreadable, ...checkProject(project)]),
    texts,
    contents: new Map([...texts, ...sources.audio.map(({ file, digest }) => [file, digest] as const)]),
    callflows: sources.callflows.length,
    languages: new Set(sources.prompts.map(({ locale }) => locale)).size,
    prompts: promptsIn(project),
  };
}

/** Where the files are that the settings name. */
export function foldersIn(raw: RawEnvironment): LibraryFolders {
  const { CALLFLOWS_DIR, PROMPTS_DIR } = checkEnvironment(raw).environment;
  return { callflows: CALLFLOWS_DIR, prompts: PROMPTS_DIR };
}

/** Prompts by name, however many languages they are worded in. */
function promptsIn({ prompts }: Project): number {
  const names = prompts.flatMap(({ source, text }) =>
    Object.keys(text.prompts).map((name) => `${source.callflow} ${name}`),
  );
  return new Set(names).size;
}
