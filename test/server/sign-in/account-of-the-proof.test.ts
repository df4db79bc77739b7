import { afterEach, describe, expect, it } from 'vitest';
import { World } from '../../support/world.ts';

let world: World;
afterEach(() => world.close());

describe('a callflow that asks for the account once more', () => {
  it('lets nobody in as a user by the code of another account', async () => {
    world = await World.open({
      edit: {
        'prompts/en-US/web-sign-in.yaml': [
          ['prompts:\n', 'prompts:\n  ask-account: { ask: "Account?", star: "Back" }\n'],
        ],
        'prompts/es-ES/web-sign-in.yaml': [
          ['prompts:\n', 'prompts:\n  ask-account: { ask: "Cuenta?", star: "Atrás" }\n'],
        ],
        'callflows/web-sign-in.yaml': [
          ['start: find-methods', 'start: ask-account'],
          [
            'blocks:\n  find-methods:',
            'blocks:\n  ask-account:\n    collect: ask-account\n    digits: 4\n    save-as: AccountNumber\n    star: find-methods\n    next: find-methods\n\n  find-methods:',
          ],
        ],
      },
    });
    const eve = world.webUser('1003');
    await eve.signsIn();
    await eve.opens();
    await eve.sends({ entry: '1002' });
    const end = await eve.sends({ entry: world.code, remember: 'yes' });
    expect(end.location).toBeNull();
    expect(end.status).toBeLessThan(500);
    expect(eve.cookies.has('__Host-dialproof-device')).toBe(false);
  });
});
