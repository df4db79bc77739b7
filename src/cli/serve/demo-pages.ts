import type { Router } from 'express';
import type { Clock } from '../../core/contracts/clock.ts';
import type { Keyring } from '../../core/contracts/keyring.ts';
import type { Store } from '../../core/contracts/store.ts';
import { masked } from '../../core/verification/mask.ts';
import type { Demo } from '../../demo/start-demo.ts';
import { localOnly } from '../../server/local-only.ts';
import { SIGN_IN_PATH } from '../../server/sign-in/endpoint.ts';
import { TRY_IT } from './try-it.ts';

/** The pages of the demo company, loaded only where it is there. */
export async function demoPagesOf(
  demo: Demo,
  parts: {
    readonly store: Store;
    readonly keyring: Keyring;
    readonly publicUrl: string;
    readonly clock: Clock;
    /** Where its web application asks about sign-ins on this machine, and by which key. */
    readonly asks: { readonly port: number; readonly key: string };
  },
): Promise<Router> {
  const [{ demoRoutes }, { DEMO_ACCOUNTS }, { demoApplication }] = await Promise.all([
    import('../../demo/routes.ts'),
    import('../../demo/accounts.ts'),
    import('./demo-application.ts'),
  ]);
  const { store, clock, publicUrl, asks } = parts;
  const owner = DEMO_ACCOUNTS.find(({ methods }) => methods.some(({ name }) => name === 'authenticator'));
  const now = (): number => clock.now();
  const application = owner && (await demoApplication({ store, account: owner.account, now }));
  if (application !== undefined) demo.knows(application);
  return demoRoutes({
    inbox: demo.inbox,
    accounts: DEMO_ACCOUNTS,
    readCall: (call) => store.readCall(call),
    masked,
    reportHash: (token) => parts.keyring.mac('report', [token]),
    localOnly,
    howToCall: { publicUrl, callflow: 'main', command: TRY_IT },
    platform: {
      nodeUrl: `http://127.0.0.1:${asks.port}${SIGN_IN_PATH}`,
      key: asks.key,
      returnUrl: `${publicUrl}/demo/signed-in`,
    },
    ...(application === undefined ? {} : { application }),
  });
}
