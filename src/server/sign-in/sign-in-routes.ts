import { Router } from 'express';
import { endpointRoutes, type EndpointOptions } from './endpoint.ts';
import { pageRoutes, type PageOptions } from './page-routes.ts';

export type SignInOptions = EndpointOptions & PageOptions;

/** Web sign-ins: what platforms ask, and the pages that their users see. */
export function signInRoutes(options: SignInOptions): Router {
  const routes = Router({ caseSensitive: true, strict: true });
  routes.use(pageRoutes(options));
  routes.use(endpointRoutes(options));
  return routes;
}
