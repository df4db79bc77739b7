import { afterEach, describe, expect, it } from 'vitest';
import { SipEndpoint, type SipCall } from './sip-endpoint.ts';
import { answerTo, readSdp, readSip, writeSdp, writeSip, type SipRequest } from './sip-message.ts';

/** As baresip 1.0.0 sends it. */
const INVITE = [
  'INVITE sip:line@127.0.0.1:15999 SIP/2.0',
  'Via: SIP/2.0/UDP 127.0.0.1:15060;branch=z9hG4bK915cf32bbf5c889f;rport',
  'Contact: <sip:phone-0x55b61e745470@127.0.0.1:15060>',
  'To: <sip:line@127.0.0.1:15999>',
  'From: <sip:phone@127.0.0.1>;tag=32e7eaf3557122c8',
  'Call-ID: 2a5cfe8884cebc61',
  'CSeq: 39904 INVITE',
  'Supported:',
  'Content-Type: application/sdp',
  'Content-Length: 5',
  '',
  'v=0\r\n',
].join('\r\n');

describe('a SIP message', () => {
  it('of a phone is understood', () => {
    const message = readSip(INVITE);
    expect(message).toMatchObject({ method: 'INVITE', uri: 'sip:line@127.0.0.1:15999', body: 'v=0\r\n' });
    expect(message?.headers.get('call-id')).toBe('2a5cfe8884cebc61');
    expect(message?.headers.get('supported')).toBe('');
  });

  it('reads as it was written', () => {
    const message = readSip(INVITE) as SipRequest;
    expect(readSip(writeSip(message))).toEqual(message);
  });

  it.each(['', '\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n'])('is not: %j', (text) => {
    expect(readSip(text)).toBeNull();
  });

  it('is answered with what ties the answer to it, and a tag of ours unless the call has one', () => {
    const answer = answerTo(readSip(INVITE) as SipRequest, 486, 'ours');
    expect(writeSip(answer)).toBe(
      [
        'SIP/2.0 486 Answer',
        'via: SIP/2.0/UDP 127.0.0.1:15060;branch=z9hG4bK915cf32bbf5c889f;rport',
        'from: <sip:phone@127.0.0.1>;tag=32e7eaf3557122c8',
        'to: <sip:line@127.0.0.1:15999>;tag=ours',
        'call-id: 2a5cfe8884cebc61',
        'cseq: 39904 INVITE',
        'content-length: 0',
        '',
        '',
      ].join('\r\n'),
    );
    const bye = { method: 'BYE', uri: 'sip:line@127.0.0.1', body: '', headers: answer.headers };
    expect(answerTo(bye, 200, 'another').headers.get('to')).toBe('<sip:line@127.0.0.1:15999>;tag=ours');
  });
});

describe('an SDP', () => {
  it('reads as it was written', () => {
    expect(readSdp(writeSdp({ port: 4000, events: 96 }))).toEqual({ port: 4000, events: 96 });
  });

  it('of another machine, another codec or a phone without keys is refused', () => {
    const sdp = writeSdp({ port: 4000, events: 101 });
    expect(() => readSdp(sdp.replaceAll('127.0.0.1', '192.0.2.1'))).toThrow('192.0.2.1, not on loopback');
    expect(() => readSdp(sdp.replace('RTP/AVP 0', 'RTP/AVP 8'))).toThrow('does not speak PCMU');
    expect(() => readSdp(sdp.replace('telephone-event', 'nothing'))).toThrow('does not speak PCMU');
  });
});

describe('two ends', () => {
  const ends: SipEndpoint[] = [];
  afterEach(() => ends.splice(0).forEach((end) => end.close()));

  async function ring(taking: boolean) {
    const [caller, called] = [await SipEndpoint.open(), await SipEndpoint.open()];
    ends.push(caller, called);
    let taken: SipCall | undefined;
    if (taking) {
      called.onCall = (call) => {
        taken = call;
        return { port: 4002, events: 96 };
      };
    }
    const call = await caller.invite(called.port, { port: 4000, events: 101 }, AbortSignal.timeout(5_000));
    return { call, taken };
  }

  it.each(['caller', 'called'] as const)('call each other, and the %s hangs up', async (who) => {
    const { call, taken } = await ring(true);
    if (typeof call === 'number' || taken === undefined) throw new Error('nobody has taken the call');
    expect([call.media, taken.media]).toEqual([
      { port: 4002, events: 96 },
      { port: 4000, events: 101 },
    ]);
    await (who === 'caller' ? call : taken).hangUp();
    expect([call.ended.aborted, taken.ended.aborted]).toEqual([true, true]);
  });

  it('tell that one is busy', async () => {
    expect((await ring(false)).call).toBe(486);
  });
});
