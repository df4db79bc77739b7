import { readFile } from 'node:fs/promises';
import { readPage, webLinks, writePage } from '../../adapters/channels/web/page-document.ts';
import { pageHeaders } from '../../adapters/channels/web/page-headers.ts';
import { PAGE_STYLES, pageHtml } from '../../adapters/channels/web/page-html.ts';
import { Engine } from '../../app/engine.ts';
import type { Parts } from '../../app/parts.ts';
import type { Seen } from '../../app/sign-in/asked.ts';
import { SignIns, type SignInCallflow } from '../../app/sign-in/sign-ins.ts';
import { VERBS } from '../../core/blocks/index.ts';
import type { Callflow } from '../../core/callflow/callflow.ts';
import type { Flow } from '../../core/callflow/compile.ts';
import type { LoadedLibrary } from '../../core/callflow/library.ts';
import { localeFor } from '../../core/sign-in/locale.ts';
import { pageTexts } from '../../core/sign-in/page-texts.ts';
import type { SignInOptions } from '../../server/sign-in/sign-in-routes.ts';
import { invalid, type Environment } from '../environment.ts';

export interface WebSignIn {
  readonly options: SignInOptions;
  /** Resolves when the tasks that outlast their turns have ended. */
  settled(): Promise<void>;
}

/** Web sign-ins by these settings; null where no platform may ask. */
export async function createWebSignIn(
  parts: Parts,
  by: { readonly environment: Environment; readonly keys: readonly string[]; readonly publicUrl: string },
): Promise<WebSignIn | null> {
  const { environment, keys, publicUrl } = by;
  const networks = environment.ENHANCED_AUTHENTICATION_NETWORKS;
  if (keys.length + networks.length === 0) return null;
  const theme = await readTheme(environment.WEB_THEME);
  const { origin } = new URL(publicUrl);
  const returnOrigins = environment.RETURN_ORIGINS.length > 0 ? environment.RETURN_ORIGINS : [origin];
  const engine = new Engine(
    { ...parts, links: webLinks, write: writePage },
    { isTestNumber: () => false, channel: 'web' },
  );
  const callflow = (): SignInCallflow | null => callflowIn(parts.libraries.newest);
  const { store, clock, random, log, telemetry } = parts;
  const signIns = new SignIns({ store, engine, readPage, callflow, clock, random, log, telemetry });
  const options: SignInOptions = {
    signIns,
    access: { keys, networks },
    browserParameter: environment.ENHANCED_AUTHENTICATION_BROWSER,
    returnOrigins,
    deviceLasts: () => callflow()?.policy.devices.remembered ?? 0,
    publicUrl,
    log,
    telemetry,
    headers: pageHeaders(returnOrigins),
    styles: new Map([...PAGE_STYLES, ...(theme === null ? [] : [['theme.css', theme] as const])]),
    html: (seen, { action, languages }) => {
      const library = parts.libraries.newest;
      const texts = textsFor(library, seen, languages);
      const look = { action, texts, hasTheme: theme !== null };
      if (seen.kind === 'refused')
        return pageHtml(seen, { ...look, mayRemember: false, remember: false, back: `${returnOrigins[0] ?? origin}/` });
      const { page, mayRemember, remember, returnTo } = seen;
      return pageHtml(page, { ...look, mayRemember, remember, back: returnTo });
    },
  };
  return { options, settled: () => engine.settled() };
}

/** The callflow of web sign-ins: the first that has the section, and that none of the others links to. */
function flowIn({ flows }: LoadedLibrary): Flow | undefined {
  const ofWeb = flows.filter(({ callflow }) => callflow.signIn !== null);
  const linked = new Set(ofWeb.flatMap(({ callflow }) => linkedBy(callflow)));
  return ofWeb.find(({ callflow }) => !linked.has(callflow.name));
}

function linkedBy({ blocks }: Callflow): readonly string[] {
  return [...blocks.values()].flatMap(({ verb, body }) => {
    const kind = VERBS.get(verb)?.kind;
    return kind?.does === 'link' ? [kind.callflow(body)] : [];
  });
}

function callflowIn(library: LoadedLibrary): SignInCallflow | null {
  const flow = flowIn(library);
  const { name = '', account = null, signIn: policy = null } = flow?.callflow ?? {};
  if (flow === undefined || account === null || policy === null) return null;
  const { defaultLocale } = library;
  return { name, account, policy, locales: [...flow.wordings.keys()], defaultLocale };
}

/** In the language of the sign-in, or, where it is not known, in one that the browser asks for. */
function textsFor(library: LoadedLibrary, seen: Exclude<Seen, { kind: 'passed' }>, languages: readonly string[]) {
  const { defaultLocale: usual } = library;
  const wordings = flowIn(library)?.wordings ?? library.standard;
  const locale = seen.kind === 'page' ? seen.locale : localeFor(languages, { spoken: [...wordings.keys()], usual });
  return pageTexts(wordings.get(locale) ?? wordings.get(usual) ?? { locale: usual, prompts: new Map() });
}

/** @throws DialproofError `settings-invalid` */
async function readTheme(file: string | undefined): Promise<string | null> {
  if (file === undefined || file === '') return null;
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw invalid([`WEB_THEME cannot be read (${code})`]);
  }
}
