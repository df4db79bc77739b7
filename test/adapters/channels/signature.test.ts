import fc from 'fast-check';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, it } from 'vitest';
import { isSigned, type SignedRequest } from '../../../src/adapters/channels/twilio/signature.ts';

const PUBLIC_URL = 'https://voice.example.com';
const TARGET = '/voice/main?AccountNumber=1001';
const TOKEN = 'the-token';
const PARAMETERS = { CallSid: 'CA1', From: '+12025550123', Digits: '123456' };

const settings = { publicUrl: PUBLIC_URL, tokens: [TOKEN] };
const sign = (url = PUBLIC_URL + TARGET, token = TOKEN): string =>
  webhooks.getExpectedTwilioSignature(token, url, PARAMETERS);
const request = (changes: Partial<SignedRequest> = {}): SignedRequest => ({
  target: TARGET,
  parameters: PARAMETERS,
  signature: sign(),
  ...changes,
});

describe('a webhook is signed by the holder of an auth token, over PUBLIC_URL, the target and every parameter', () => {
  it('as it was signed', () => expect(isSigned(request(), settings)).toBe(true));

  it.each<[what: string, changes: Partial<SignedRequest>]>([
    ['without a signature', { signature: undefined }],
    ['with an empty one', { signature: '' }],
    ['with one of another length', { signature: `${sign()}=` }],
    ['signed with another token', { signature: sign(undefined, 'another') }],
    ['signed for another host', { signature: sign(`https://evil.example.com${TARGET}`) }],
    ['signed for another scheme', { signature: sign(`http://voice.example.com${TARGET}`) }],
    ['with a changed value', { parameters: { ...PARAMETERS, Digits: '123457' } }],
    ['with a changed name', { parameters: { CallSid: 'CA1', From: '+12025550123', digits: '123456' } }],
    ['with another parameter', { parameters: { ...PARAMETERS, To: '+12025550100' } }],
    ['with one parameter less', { parameters: { CallSid: 'CA1', From: '+12025550123' } }],
    ['with a second value for a name', { parameters: { ...PARAMETERS, Digits: ['123456', '654321'] } }],
    ['with a changed path', { target: '/voice/two-factor?AccountNumber=1001' }],
    ['with a changed query', { target: '/voice/main?AccountNumber=1002' }],
    ['with a longer query', { target: `${TARGET}&x=1` }],
    ['without its query', { target: '/voice/main' }],
    ['with a target that names a whole address', { target: PUBLIC_URL + TARGET }],
    ['with a target that would go on in the host', { target: '.evil.example.com/voice/main' }],
  ])('not %s', (_what, changes) => expect(isSigned(request(changes), settings)).toBe(false));

  it.each([
    ['nobody, when no token is set', []],
    ['nobody, when the token is empty', ['']],
  ])('%s', (_who, tokens) => {
    expect(isSigned(request({ signature: sign(undefined, '') }), { ...settings, tokens })).toBe(false);
  });

  it('by either of two tokens, while they are being rotated; by no third', () => {
    const tokens = ['new', 'old'];
    const accepted = ['new', 'old', 'third', TOKEN].filter((token) =>
      isSigned(request({ signature: sign(undefined, token) }), { ...settings, tokens }),
    );
    expect(accepted).toEqual(['new', 'old']);
  });

  it.each([
    ['without its default port', 'https://voice.example.com', 'https://voice.example.com:443'],
    ['with its default port', 'https://voice.example.com:443', 'https://voice.example.com'],
    ['with a port of its own', 'http://localhost:3000', 'http://localhost:3000'],
  ])('PUBLIC_URL %s: platforms sign either way', (_how, publicUrl, signedAs) => {
    expect(isSigned(request({ signature: sign(signedAs + TARGET) }), { ...settings, publicUrl })).toBe(true);
  });

  it('a PUBLIC_URL with a path is part of what is signed', () => {
    const publicUrl = 'https://example.com/telephone';
    const signature = sign(publicUrl + TARGET);
    expect(isSigned(request({ signature }), { ...settings, publicUrl })).toBe(true);
    expect(isSigned(request({ signature }), { ...settings, publicUrl: 'https://example.com' })).toBe(false);
  });

  it.each(['http://[', 'https://exa mple', 'not an address', ''])(
    'an address that cannot be parsed ("%s") throws nothing and lets nobody in',
    (publicUrl) => expect(isSigned(request(), { ...settings, publicUrl })).toBe(false),
  );

  it('whatever is in the target and the parameters, nothing is thrown and no guess is right', () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.string({ unit: 'binary' })));
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.dictionary(fc.string({ unit: 'binary' }), value),
        fc.base64String(),
        (rest, parameters, signature) => !isSigned({ target: `/${rest}`, parameters, signature }, settings),
      ),
    );
  });

  it('names and values run into each other under a signature: the same one is good for "Digit" = "s123456"', () => {
    const { Digits, ...others } = PARAMETERS;
    expect(isSigned(request({ parameters: { ...others, Digit: `s${Digits}` } }), settings)).toBe(true);
  });

  it('nor does it tell one value from the same value twice', () => {
    expect(isSigned(request({ parameters: { ...PARAMETERS, Digits: ['123456', '123456'] } }), settings)).toBe(true);
  });

  describe('caught with all that platforms send', () => {
    const sent = { AccountSid: 'AC1', CallSid: 'CA1', CallStatus: 'ringing', From: '+12025550123' };
    const caught = (target: string): string => webhooks.getExpectedTwilioSignature(TOKEN, PUBLIC_URL + target, sent);

    it.each([
      ['its query', '/voice/main?AccountNumber=1001', '?AccountNumber=1001', ''],
      ['its query, as a name and a value', '/voice/main?AccountNumber=1001', '?AccountNumber', '=1001'],
      ['its last digits', '/voice/main?AccountNumber=1001', '01', ''],
      ['its one variable', '/voice/main?AccountNumber=1001', 'AccountNumber', '=1001'],
      ['the end of a value', '/voice/main?Tariff=xABC', 'ABC', ''],
      ['its silence mark', '/voice/turn/abc?silence=1', '?silence', '=1'],
      ['its step', '/delivery/voice/abc/3', '/3', ''],
    ])('is not good for an address without %s, which stands as a parameter instead', (_what, target, name, value) => {
      const signature = caught(target);
      expect(isSigned({ target, signature, parameters: sent }, settings)).toBe(true);
      const shorter = target.slice(0, -(name + value).length);
      expect(isSigned({ target: shorter, signature, parameters: { [name]: value, ...sent } }, settings)).toBe(false);
    });

    it('is not good for more variables behind a thousand empty ones', () => {
      const signature = caught(TARGET);
      const target = `${TARGET}${'&'.repeat(1000)}CustomerEmail=eve%40example.test`;
      expect(isSigned({ target, signature, parameters: sent }, settings)).toBe(false);
    });

    it('a name of their own before all others is taken where the address has no query', () => {
      const parameters = { AccountId: '7', ...sent };
      const signature = webhooks.getExpectedTwilioSignature(TOKEN, `${PUBLIC_URL}/voice/main`, parameters);
      expect(isSigned({ target: '/voice/main', signature, parameters }, settings)).toBe(true);
    });
  });
});
