import { counted } from '../counted.ts';
import type { Service } from './start-service.ts';
import { TRY_IT } from './try-it.ts';

/** What is said once a server takes calls. */
export function welcome({ publicUrl, demo, warnings, library }: Service): string {
  const check = `${demo === null ? 'NODE_ENV=production ' : ''}npx dialproof check`;
  return [
    `Dialproof is ready. Voice webhook: ${publicUrl}/voice/main`,
    ...warnings.map((warning) => `Warning: ${warning}.`),
    ...(library.warnings === 0
      ? []
      : [`${counted(library.warnings, 'warning')} in the callflows: ${check} shows them.`]),
    ...(demo === null
      ? []
      : [
          '',
          `Demo company: ${publicUrl}/demo shows the inbox, the accounts and how to call.`,
          `Place a call from another terminal:  ${TRY_IT}`,
          `Or sign in on the web:               ${publicUrl}/demo/sign-in`,
          '',
        ]),
  ].join('\n');
}
