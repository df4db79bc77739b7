import type { Service } from './start-service.ts';
import { TRY_IT } from './try-it.ts';

/** What is said once a server takes calls. */
export function welcome({ publicUrl, demo, warnings }: Service): string {
  return [
    `Dialproof is ready. Voice webhook: ${publicUrl}/voice/main`,
    ...warnings.map((warning) => `Warning: ${warning}.`),
    ...(demo === null
      ? []
      : [
          '',
          `Demo company: ${publicUrl}/demo shows the inbox, the accounts and how to call.`,
          `Place a call from another terminal:  ${TRY_IT}`,
          '',
        ]),
  ].join('\n');
}
