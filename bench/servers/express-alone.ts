/** express and nothing else: one route, the body unread, always the same reply. */
import express from 'express';
import { DOCUMENT } from './document.ts';

const app = express();
app.post('/voice/line', (request, response) => {
  request.resume();
  response.type('text/xml').send(DOCUMENT);
});
app.listen(Number(process.env['PORT']), '127.0.0.1', () => process.stderr.write('ready\n'));
