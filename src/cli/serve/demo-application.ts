import { randomBytes } from 'node:crypto';
import { beginOf, codeOf, stepAt } from '../../adapters/codes/totp.ts';
import { isLive, type AuthenticatorStore } from '../../core/contracts/authenticators.ts';
import type { DemoApplication } from '../../demo/application.ts';

const SECRET_BYTES = 20;
const ID_BYTES = 8;

interface Enrolling {
  readonly store: AuthenticatorStore;
  readonly account: string;
  readonly now: () => number;
}

/** Enrols an authenticator for a demo customer who has none; its secret is made once and stays in the store. */
export async function demoApplication({ store, account, now }: Enrolling): Promise<DemoApplication> {
  const find = async () => (await store.authenticatorsOf(account)).find(isLive);
  if ((await find()) === undefined) {
    const id = randomBytes(ID_BYTES).toString('hex');
    await store.addAuthenticator({ id, account, secret: randomBytes(SECRET_BYTES), now: now() });
    await store.confirmAuthenticator({ id, step: 0, now: now() });
  }
  return {
    account,
    async present() {
      const application = await find();
      if (application === undefined) return null;
      // After a call the code of the next step is good already: the window reaches one step ahead.
      const step = Math.max(stepAt(now()), application.lastStep + 1);
      const ahead = step - stepAt(now());
      if (ahead > 1) return { code: null, from: beginOf(step - 1) };
      return { code: codeOf(application.secret, step), from: beginOf(step - ahead) };
    },
  };
}
