import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { World } from '../../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

async function asks(body: string | Uint8Array, type: string) {
  const response = await fetch(`${world.address.server}/enhanced-authentication`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.settings['ENHANCED_AUTHENTICATION_KEY'] ?? ''}`, 'content-type': type },
    body,
  });
  return { status: response.status, body: await response.text() };
}

const NOBODY = { status: 400, body: '<response><errorNumber>101</errorNumber></response>' };

describe('a user whose name does not arrive as it was written is nobody: two such names would be one account', () => {
  const latin1 = Buffer.from(
    '<r><userLogonReferenceAuthenticate>m\u00FCller</userLogonReferenceAuthenticate></r>',
    'latin1',
  );
  it.each([
    ['Latin-1 in a form', 'userLogonReferenceAuthenticate=m%FCller', 'application/x-www-form-urlencoded'],
    ['Latin-1 in XML that does not say so', latin1, 'text/xml'],
    [
      'a number with more digits than JSON keeps',
      '{"userLogonReferenceAuthenticate":9007199254740993}',
      'application/json',
    ],
    ['a number that is none', '{"userLogonReferenceAuthenticate":1e400}', 'application/json'],
    ['a null', '{"userLogonReferenceAuthenticate":null}', 'application/json'],
    ['a truth', '{"userLogonReferenceAuthenticate":true}', 'application/json'],
  ])('%s', async (_what, body, type) => expect(await asks(body, type)).toEqual(NOBODY));

  it('Latin-1 that says so, and a number as accounts have them, are read', async () => {
    const named = await asks(latin1, 'text/xml; charset=iso-8859-1');
    const numbered = await asks('{"userLogonReferenceAuthenticate":1002}', 'application/json');
    for (const { status, body } of [named, numbered]) {
      expect(status).toBe(200);
      expect(body).toContain('<redirect>');
    }
  });

  it('the operator reads in the log what was wrong, and nothing of what was sent', async () => {
    await asks('userLogonReferenceAuthenticate=a-name&userLogonReferenceAuthenticate=b', 'text/plain');
    expect(world.log).toContain('its body is not the form, JSON or XML that its Content-Type says');
    expect(world.log).not.toContain('a-name');
  });
});
