import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await World.open({
    settings: { DEFAULT_LOCALE: 'es-ES' },
    files: {
      'callflows/bilingual.yaml': `
callflow: bilingual
start: english
account: AccountNumber
inputs: [AccountNumber]
exits:
  success: { returns: success }
  agent: { say: transferring, dial: "\${AGENT_NUMBER}" }
blocks:
  english: { set: { locale: en-US }, next: identify }
  identify: { link: two-factor, with: [AccountNumber], paths: { success: success } }
`,
      'callflows/offer.yaml': `
callflow: offer
start: offer
inputs: [AccountNumber]
locale-by-number: { "+12025550111": en-US }
exits: { agent: { dial: "\${AGENT_NUMBER}" } }
blocks:
  offer: { say: offer, in: en-US, next: language }
  language: { menu: language, keys: { 1: identify, 2: english }, in: { english: en-US } }
  english: { set: { locale: en-US }, next: identify }
  identify: { link: two-factor, with: [AccountNumber], paths: { success: agent } }
`,
      'prompts/es-ES/offer.yaml': `
locale: es-ES
prompts: { language: { ask: "Bienvenido.", identify: "Para continuar" } }
`,
      'prompts/en-US/offer.yaml': `
locale: en-US
prompts: { offer: "This line also speaks English.", language: { ask: "Welcome.", identify: "To go on", english: "For English" } }
`,
    },
  });
});
afterAll(() => world.close());

describe('a call in Spanish', () => {
  it('is Spanish from the first sentence to the last, in a Spanish voice, and so is its message', async () => {
    const caller = await world.caller().dials('main');
    expect(caller.heard).toBe('Le damos la bienvenida. Introduzca su número de cuenta y pulse almohadilla.');
    expect(caller.body).toContain('<Say language="es-ES" voice="Polly.Lucia">');
    await caller.presses('1001');
    expect(caller.heard).toContain(
      'Para recibirlo por mensaje de texto en el número que termina en 2 1, pulse 2. Para hablar con una persona, pulse cero.',
    );
    await caller.presses('2');
    expect(world.inbox.messages.at(-1)?.text).toMatch(/^\d{6} es su código de seguridad\. Caduca en 5 minutos\.$/);
    await caller.presses(world.wrongCode);
    expect(caller.heard).toBe('Ese código no es correcto. Le quedan 2 intentos. Introduzca las 6 cifras.');
    await caller.presses(world.code);
    expect(caller.heard).toMatch(/Gracias, hemos comprobado su identidad\. Su saldo es de 128,40 dólares/);
    await caller.isSilent();
    await caller.isSilent();
    expect(caller.heard).toBe('Gracias por su llamada. Adiós.');
    expect(await world.counts(caller)).toMatchObject({ exit: 'success' });
  });
});

describe('`set: { locale: en-US }`', () => {
  it('changes the language from there on, also inside a linked callflow', async () => {
    const caller = await world.caller().dials('bilingual', { AccountNumber: '1002' });
    expect(caller.heard).toMatch(/^Before we go on, we need to check that it is you\. We emailed a code/);
    expect(world.inbox.messages.at(-1)?.text).toMatch(/^Your security code is \d{6}\./);
  });
});

describe('a caller who is offered another language', () => {
  it('hears the offer in that language, by its own voice, and then the call', async () => {
    const caller = await world.caller().dials('offer', { AccountNumber: '1002' });
    expect(caller.body).toContain('<Say language="en-US" voice="Polly.Joanna">This line also speaks English.</Say>');
    expect(caller.body).toContain(
      '<Say language="es-ES" voice="Polly.Lucia">Bienvenido. Para continuar, pulse 1.</Say>',
    );
    expect(caller.body).toContain('<Say language="en-US" voice="Polly.Joanna">For English, press 2.</Say>');
    await caller.presses('2');
    expect(caller.heard).toMatch(/^Before we go on/);
  });

  it('is not asked twice: by another number the call begins in its language', async () => {
    const caller = await world.caller({ to: '+12025550111' }).dials('offer', { AccountNumber: '1002' });
    expect(caller.heard).toBe('This line also speaks English. Welcome. To go on, press 1. For English, press 2.');
  });
});
