import express from 'express';
import { methodsOf, type DemoMethod } from './accounts.ts';
import { startLoopbackService, type LoopbackService } from './loopback-service.ts';

/** The demo company's Check Verified Contact Methods Web Service: `AccountNumber` by POST (form) or GET (G33 to G37). */
export function startContactMethods(): Promise<LoopbackService> {
  const routes = express.Router();
  routes.get('/', (request, response) => answer(request.query['AccountNumber'], response));
  routes.post('/', express.urlencoded({ extended: false, limit: '16kb' }), (request, response) => {
    const form: Record<string, unknown> = request.body ?? {};
    answer(form['AccountNumber'], response);
  });
  return startLoopbackService('/contact-methods', routes);
}

function answer(account: unknown, response: express.Response): void {
  response.type('application/xml').send(contactMethodsXml(typeof account === 'string' ? methodsOf(account) : null));
}

function contactMethodsXml(methods: readonly DemoMethod[] | null): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<checkVerifiedContactMethods>',
    `  <status>${methods ? 'success' : 'not found'}</status>`,
    '  <methods>',
    ...(methods ?? []).map(
      ({ name, value }) => `    <method name="${name}"${value === undefined ? '' : ` value="${escaped(value)}"`}/>`,
    ),
    '  </methods>',
    '</checkVerifiedContactMethods>',
    '',
  ].join('\n');
}

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
