import { createEmailDelivery } from './email.ts';
import { createSmsGateway } from './sms-gateway.ts';
import { createTwilioSms } from './twilio-sms.ts';
import { createVoiceCall } from './voice-call.ts';

/** How messages are sent, by method and then by provider; for SMS the provider is what SMS_PROVIDER names. */
export const DELIVERIES = {
  email: { smtp: createEmailDelivery },
  sms: { gateway: createSmsGateway, twilio: createTwilioSms },
  voice: { twilio: createVoiceCall },
} as const;
