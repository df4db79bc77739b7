import type { DemoAddresses } from '../../demo/start-demo.ts';
import type { RawEnvironment } from '../environment.ts';

const AGENT = '+12025550199';

/** The environment with the demo company in place of what is not set; whole groups, so that nothing is mixed. */
export function demoEnvironment(raw: RawEnvironment, demo: DemoAddresses): RawEnvironment {
  const isSet = (name: string): boolean => (raw[name] ?? '').trim() !== '';
  const or = (name: string, value: string): Record<string, string> => (isSet(name) ? {} : { [name]: value });
  return {
    ...raw,
    ...or('AGENT_NUMBER', AGENT),
    ...or('CONTACT_METHODS_URL', demo.contactMethodsUrl),
    ...or('CONTACT_METHODS_TEST_URL', demo.contactMethodsUrl),
    ...or('SEND_CODE_URL', demo.codes.sendCodeUrl),
    ...or('SEND_CODE_TEST_URL', demo.codes.sendCodeUrl),
    ...or('VERIFY_CODE_URL', demo.codes.verifyCodeUrl),
    ...or('VERIFY_CODE_TEST_URL', demo.codes.verifyCodeUrl),
    ...or('CALLFLOW_BALANCE_URL', demo.balanceUrl),
    ...or('CALLFLOW_BALANCE_TEST_URL', demo.balanceUrl),
    ...(isSet('EMAIL_SMTP_HOST')
      ? {}
      : { EMAIL_SMTP_HOST: demo.smtp.host, EMAIL_SMTP_PORT: String(demo.smtp.port), EMAIL_SMTP_TLS: 'none' }),
    ...(isSet('SMS_URL')
      ? {}
      : {
          SMS_METHOD: demo.sms.method,
          SMS_URL: demo.sms.url,
          SMS_REQUEST_HEADERS: demo.sms.headers,
          SMS_REQUEST_BODY: demo.sms.body,
        }),
    SERVICE_HOSTS: [...(isSet('SERVICE_HOSTS') ? [raw['SERVICE_HOSTS'] ?? ''] : []), ...demo.hosts].join(','),
  };
}
