import type { Delivery } from '../../core/contracts.ts';
import type { Method } from '../../core/method.ts';
import type { LoadedLibrary, loadLibrary } from '../../core/callflow/library.ts';
import { DialproofError } from '../../core/errors.ts';
import { checkEnvironment, invalid, type Environment, type RawEnvironment } from '../environment.ts';
import { readLibrary } from '../library-files.ts';
import { createDeliveries } from './deliveries.ts';
import { beyondBounds, missingForProduction } from './requirements.ts';

/** All that a service is made of, checked and not yet started. */
export interface ServicePlan {
  readonly environment: Environment;
  readonly library: LoadedLibrary;
  readonly deliveries: ReadonlyMap<Method, Delivery>;
  /** What is allowed, but beyond the bounds. */
  readonly warnings: readonly string[];
}

/** Reads settings, callflows and prompts. @throws DialproofError with all that is wrong with any of them */
export async function planService(
  raw: RawEnvironment,
  options: { readonly production: boolean; readonly load?: typeof loadLibrary },
): Promise<ServicePlan> {
  const { environment, problems } = checkEnvironment(raw);
  const folders = { callflows: environment.CALLFLOWS_DIR, prompts: environment.PROMPTS_DIR };
  const library = await orError(
    readLibrary(folders, {
      environment: raw,
      defaultLocale: environment.DEFAULT_LOCALE,
      ...(options.load === undefined ? {} : { load: options.load }),
    }),
  );
  // Callflows that cannot be read ask for nothing; the settings are looked at all the same.
  const known = library instanceof DialproofError ? { flows: [], agent: '' } : library;
  const warnings = beyondBounds(known);
  const deliveries = await orError(Promise.resolve().then(() => createDeliveries(environment, known)));
  const missing = options.production ? missingForProduction(known, environment) : [];
  const settings = [
    ...problems,
    // What is set and cannot be used is not missing as well.
    ...missing.filter((each) => !problems.some((problem) => nameIn(problem) === nameIn(each))),
    ...(deliveries instanceof DialproofError ? [`${deliveries.message} ${deliveries.fix}`] : []),
    ...(environment.ALLOW_NONCONFORMANT
      ? []
      : warnings.map((each) => `${each}; set ALLOW_NONCONFORMANT=true if that is meant`)),
  ];
  const error = settings.length === 0 ? null : invalid(settings);
  if (library instanceof DialproofError) throw error === null ? library : both(error, library);
  if (error !== null || deliveries instanceof DialproofError) throw error ?? deliveries;
  return { environment, library, deliveries, warnings };
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
