import type { DeliveredMethod } from '../../core/method.ts';

/** The parameters of a report, query and form together; one that is given several times is a list. */
export type ReportParameters = Readonly<Record<string, string | readonly string[]>>;

/** How a provider reports on what it was given to deliver. */
export interface ReportReader {
  /** Its reports carry the voice platform's signature. */
  readonly signed: boolean;
  /** Whether the message is known not to arrive; every other state, and what cannot be read, is not that. */
  saysFailed(parameters: ReportParameters): boolean;
}

/** Words of gateways, and Kannel's delivery report types: 2 not delivered to the phone, 16 not delivered to the SMSC. */
const FAILED = ['failed', 'undelivered', 'undeliverable', 'rejected', 'expired', '2', '16'];

const gateway: ReportReader = {
  signed: false,
  saysFailed: ({ status }) => typeof status === 'string' && FAILED.includes(status.trim().toLowerCase()),
};

/** https://www.twilio.com/docs/messaging/api/message-resource#message-status-values */
const twilio: ReportReader = {
  signed: true,
  saysFailed: ({ MessageStatus: status }) => status === 'undelivered' || status === 'failed',
};

/** By method and provider, as DELIVERIES is; a method that is missing here gets no reports. */
export const REPORTS = { sms: { gateway, twilio } } as const satisfies Partial<
  Record<DeliveredMethod, Readonly<Record<string, ReportReader>>>
>;
