import type { Delivery } from '../../core/contracts/delivery.ts';
import type { DeliveredMethod } from '../../core/method.ts';
import { createEmailDelivery } from './email.ts';
import { createSmsGateway } from './sms-gateway.ts';
import { createTwilioSms } from './twilio-sms.ts';
import { createVoiceCall } from './voice-call.ts';

/** The senders, by method and then by provider; for SMS the provider is what SMS_PROVIDER names. */
export const DELIVERIES = {
  email: { smtp: createEmailDelivery },
  sms: { gateway: createSmsGateway, twilio: createTwilioSms },
  voice: { twilio: createVoiceCall },
} as const satisfies Record<DeliveredMethod, Readonly<Record<string, (settings: never) => Delivery>>>;
