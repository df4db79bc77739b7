import { LoadedLibrary, type loadLibrary } from '../../core/callflow/library.ts';
import { DialproofError } from '../../core/errors.ts';
import type { Recordings } from '../../server/recordings.ts';
import { checkEnvironment, invalid, type Environment, type RawEnvironment } from '../environment.ts';
import { loadSources, readSources, type FolderSources, type LibraryFolders } from '../library-files.ts';
import { createDeliveries } from './deliveries.ts';
import { beyondBounds, missingForProduction, missingForTwilio, refusedByProfile } from './requirements.ts';
import { beyondBudgets } from './send-budgets.ts';

/** All that a service is made of, checked and not yet started. */
export interface ServicePlan {
  readonly environment: Environment;
  readonly library: LoadedLibrary;
  /** What is allowed, but beyond the bounds. */
  readonly warnings: readonly string[];
}

/**
 * Reads the settings, and callflows and prompts from their folders where no `sources` are given. @throws DialproofError
 * with all that is wrong with any of them
 */
export async function planService(
  raw: RawEnvironment,
  options: {
    readonly production: boolean;
    readonly recordings: Recordings;
    readonly sources?: FolderSources;
    readonly load?: typeof loadLibrary;
  },
): Promise<ServicePlan> {
  const { environment, problems } = checkEnvironment(raw);
  const { sources, load, recordings } = options;
  const loadAll = async (): Promise<LoadedLibrary> =>
    loadSources(sources ?? (await readSources(foldersOf(environment))), {
      environment: raw,
      defaultLocale: environment.DEFAULT_LOCALE,
      recordings,
      ...(load === undefined ? {} : { load }),
    });
  const library = await orError(loadAll());
  // Callflows that cannot be read ask for nothing; the settings are looked at all the same.
  const known = library instanceof DialproofError ? { flows: [], agent: '' } : library;
  const warnings = [...beyondBounds(known), ...(options.production ? beyondBudgets(environment) : [])];
  const deliveries = await orError(Promise.resolve().then(() => createDeliveries(environment, known)));
  const missing = options.production ? missingForProduction(known, environment) : missingForTwilio(environment);
  // The strict profile has no way around it.
  const hint = environment.PROFILE === 'strict' ? '' : '; set ALLOW_NONCONFORMANT=true if that is meant';
  const settings = [
    ...problems,
    // What is set and cannot be used is not missing as well.
    ...missing.filter((each) => !problems.some((problem) => nameIn(problem) === nameIn(each))),
    ...(deliveries instanceof DialproofError ? [`${deliveries.message} ${deliveries.fix}`] : []),
    ...refusedByProfile(known, environment),
    ...(environment.ALLOW_NONCONFORMANT ? [] : warnings.map((each) => `${each}${hint}`)),
  ];
  const error = settings.length === 0 ? null : invalid(settings);
  if (library instanceof DialproofError) throw error === null ? library : both(error, library);
  if (error !== null || deliveries instanceof DialproofError) throw error ?? deliveries;
  return { environment, library, warnings };
}

/**
 * The same without a single callflow: every start gets the apology. @throws DialproofError where the folders cannot be
 * read, or settings are wrong by themselves
 */
export async function planApology(raw: RawEnvironment): Promise<ServicePlan> {
  const { environment, problems: unusable } = checkEnvironment(raw);
  const problems = [...unusable, ...missingForTwilio(environment)];
  if (problems.length > 0) throw invalid(problems);
  const { AGENT_NUMBER: agent = '', DEFAULT_LOCALE: defaultLocale } = environment;
  await readSources(foldersOf(environment));
  const texts = { callflows: [], prompts: [], builtins: {}, defaultLocale };
  const library = new LoadedLibrary([], { revision: '', texts, standard: new Map(), defaultLocale, agent });
  createDeliveries(environment, library);
  return { environment, library, warnings: [] };
}

export function foldersOf({ CALLFLOWS_DIR, PROMPTS_DIR }: Environment): LibraryFolders {
  return { callflows: CALLFLOWS_DIR, prompts: PROMPTS_DIR };
}

async function orError<T>(attempt: Promise<T>): Promise<T | DialproofError> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof DialproofError) return error;
    throw error;
  }
}

function nameIn(problem: string): string | undefined {
  return /^[A-Z_]+(?= )/.exec(problem)?.[0];
}

function both(settings: DialproofError, library: DialproofError): DialproofError {
  return new DialproofError('settings-invalid', `${settings.message}\n\n${library.message}`, { fix: settings.fix });
}
