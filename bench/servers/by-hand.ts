/**
 * The line as one would write it with express and twilio by following Twilio's guides: signatures are checked, replies are
 * made with VoiceResponse, nothing is kept. A repeat, a crash or a limit is nobody's concern here.
 */
import express from 'express';
import twilio from 'twilio';

const { PORT, TWILIO_AUTH_TOKEN: authToken = '' } = process.env;
const app = express();
app.post(
  '/voice/line',
  express.urlencoded({ extended: false }),
  twilio.webhook({ validate: true }, authToken),
  (request, response) => {
    const form = request.body as Readonly<Record<string, string | undefined>>;
    response.type('text/xml').send(answer(form['Digits']));
  },
);
app.listen(Number(PORT), '127.0.0.1', () => process.stderr.write('ready\n'));

function answer(digits: string | undefined): string {
  switch (digits) {
    case undefined:
      return menu('Welcome to the line.');
    case '1':
      return menu('We are open from nine to five, Monday to Friday.');
    case '2':
      return order();
    case '3':
      return farewell();
    case '4':
      return menu('You find us at 12 Main Street.');
    default:
      return digits.length >= 4 ? menu(`Order ${digits} is on its way.`) : menu('That key is not offered.');
  }
}

function menu(before: string): string {
  const reply = new twilio.twiml.VoiceResponse();
  const gather = reply.gather({ input: ['dtmf'], numDigits: 1, timeout: 8, action: '/voice/line', method: 'POST' });
  gather.say({ language: 'en-US' }, before);
  gather.say({ language: 'en-US' }, 'How can we help you? For our opening hours, press 1. For an order, press 2.');
  gather.say({ language: 'en-US' }, 'To end this call, press 3. For our address, press 4.');
  reply.redirect({ method: 'POST' }, '/voice/line');
  return reply.toString();
}

function order(): string {
  const reply = new twilio.twiml.VoiceResponse();
  const gather = reply.gather({ input: ['dtmf'], finishOnKey: '#', timeout: 8, action: '/voice/line', method: 'POST' });
  gather.say({ language: 'en-US' }, 'Please enter the number of your order, then press pound.');
  reply.redirect({ method: 'POST' }, '/voice/line');
  return reply.toString();
}

function farewell(): string {
  const reply = new twilio.twiml.VoiceResponse();
  reply.say({ language: 'en-US' }, 'Thank you for calling. Goodbye.');
  reply.hangup();
  return reply.toString();
}
