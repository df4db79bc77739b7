import express from 'express';
import { balanceOf } from './accounts.ts';
import { startLoopbackService, type LoopbackService } from './loopback-service.ts';

/** The demo company's balance service: `AccountNumber` by POST (form) or GET, answered as any service of a callflow. */
export function startBalance(): Promise<LoopbackService> {
  const routes = express.Router();
  routes.get('/', (request, response) => answer(request.query['AccountNumber'], response));
  routes.post('/', express.urlencoded({ extended: false, limit: '16kb' }), (request, response) => {
    const form: Record<string, unknown> = request.body ?? {};
    answer(form['AccountNumber'], response);
  });
  return startLoopbackService('/balance', routes);
}

function answer(account: unknown, response: express.Response): void {
  const amount = typeof account === 'string' ? balanceOf(account) : null;
  response
    .type('application/xml')
    .send(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<balance>',
        `  <status>${amount === null ? 'not found' : 'success'}</status>`,
        ...(amount === null ? [] : [`  <amount currency="USD">${amount}</amount>`]),
        '</balance>',
        '',
      ].join('\n'),
    );
}
