import { createWebService } from './http.ts';

/** How web services are reached. */
export const WEB_SERVICES = { http: createWebService } as const;
