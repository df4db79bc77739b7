import type { DELIVERIES } from '../../../src/adapters/delivery/index.ts';
import { createEmailDelivery } from '../../../src/adapters/delivery/email.ts';
import { createSmsGateway } from '../../../src/adapters/delivery/sms-gateway.ts';
import { createTwilioSms } from '../../../src/adapters/delivery/twilio-sms.ts';
import { createVoiceCall } from '../../../src/adapters/delivery/voice-call.ts';
import { deliveryContract, type DeliveryRig, type OtherSide } from '../../contracts/delivery.ts';
import { closedPort, dripping, listenTcp, silent } from '../loopback.ts';
import { overHttp } from './over-http.ts';
import { cutting, refusing, startSmtp, type Mail } from './smtp.ts';

const PHONES = {
  from: '+12025550100',
  to: '+12025550123',
  spelling: '1 (202) 555-0123',
  refused: ['+12025550100', '+442079460123', '+12025550123,+19005550123', 'sip:ann@customer.example', 'client:ann'],
};
const NUMBERS = { countries: ['US'], own: [PHONES.from] } as const;
const CREATED = { status: 201, body: '{"sid":"SM1"}' };

const formTo = (body: string): string => new URLSearchParams(body).get('To') ?? '';
const apiAt = (url: string, timeout: number) => ({ url, accountSid: 'AC1', authToken: 'a:token', timeout });
const reportUrl = (report: string): string => `https://calls.example.com/delivery/${report}`;

const mailServers: Record<OtherSide, () => Promise<{ readonly port: number; readonly mails: readonly Mail[] }>> = {
  taking: () => startSmtp(),
  cutting: () => startSmtp(cutting),
  refusing: () => startSmtp(refusing(550)),
  busy: () => startSmtp(refusing(451)),
  silent: async () => ({ port: await listenTcp(silent), mails: [] }),
  dripping: async () => ({ port: await listenTcp(dripping('220-', 'wait\r\n220-')), mails: [] }),
  absent: async () => ({ port: await closedPort(), mails: [] }),
};

const smtp: DeliveryRig = {
  async open(behaviour, timeout) {
    const { port, mails } = await mailServers[behaviour]();
    return { delivery: createEmailDelivery({ host: '127.0.0.1', port, tls: 'none', timeout }), arrived: mails };
  },
  carries: 'text',
  from: 'security@bank.example',
  to: 'ann@customer.example',
  spelling: 'ann@Customer.EXAMPLE',
  refused: [
    'ann@customer.example, eve@evil.example',
    'ann@customer.example\r\nBcc: eve@evil.example',
    'Ann <ann@customer.example>',
  ],
};

const gateway = overHttp({
  ...PHONES,
  carries: 'text',
  create: (url, timeout) =>
    createSmsGateway({
      method: 'POST',
      url: `${url}/send`,
      requestHeaders: '"Content-Type:application/json"',
      requestBody: '{"to":"{{to}}","from":"{{from}}","text":"{{text}}","report":"{{report}}"}',
      timeout,
      plusSymbolBeforeRecipientNumber: true,
      hosts: ['127.0.0.1'],
      numbers: NUMBERS,
    }),
  taken: { status: 200, body: '' },
  readTo: (body) => String(JSON.parse(body).to),
});

const twilioSms = overHttp({
  ...PHONES,
  carries: 'text',
  create: (url, timeout) => createTwilioSms({ api: apiAt(url, timeout), numbers: NUMBERS, reportUrl }),
  taken: CREATED,
  readTo: formTo,
});

const twilioCall = overHttp({
  ...PHONES,
  carries: 'report',
  create: (url, timeout) => createVoiceCall({ api: apiAt(url, timeout), numbers: NUMBERS, callUrl: reportUrl }),
  taken: CREATED,
  readTo: formTo,
});

/** Every sender that there is, as DELIVERIES has them: what is missing here does not compile. */
const RIGS: { readonly [M in keyof typeof DELIVERIES]: Record<keyof (typeof DELIVERIES)[M], DeliveryRig> } = {
  email: { smtp },
  sms: { gateway, twilio: twilioSms },
  voice: { twilio: twilioCall },
};

for (const [method, providers] of Object.entries(RIGS))
  for (const [provider, rig] of Object.entries<DeliveryRig>(providers))
    deliveryContract(`${method} by ${provider}`, rig);
