import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readNetstrings, writeNetstring } from './netstring.ts';
import { loudness } from './recording.ts';
import { keyReader, readRtp, writeRtp, type RtpPacket } from './rtp-packet.ts';
import { RtpStream, silence } from './rtp-stream.ts';

const packet: RtpPacket = {
  payloadType: 101,
  sequence: 65_535,
  timestamp: 2 ** 32 - 160,
  source: 0xdeadbeef,
  payload: Buffer.from([1, 0x0a, 0, 160]),
};

describe('an RTP packet', () => {
  it('has the header of RFC 3550', () => {
    expect(writeRtp(packet).toString('hex')).toBe('8065ffffffffff60deadbeef010a00a0');
  });

  it('reads as it was written, its first one marked or not', () => {
    const bytes = writeRtp(packet);
    expect(readRtp(bytes)).toEqual(packet);
    bytes[1] = 0x80 | packet.payloadType;
    expect(readRtp(bytes)).toEqual(packet);
  });

  it('begins to count again at 0', () => {
    expect(readRtp(writeRtp({ ...packet, sequence: 65_536, timestamp: 2 ** 32 + 160 }))).toMatchObject({
      sequence: 0,
      timestamp: 160,
    });
  });

  it.each(['', '80', '00'.repeat(20)])('is not: %s', (hex) => {
    expect(readRtp(Buffer.from(hex, 'hex'))).toBeNull();
  });
});

describe('a key', () => {
  /** One event of RFC 4733: it lasts, and its end is sent three times. */
  const pressed = (event: number, timestamp: number): readonly RtpPacket[] =>
    ['0a00a0', '0a0140', '8a0140', '8a0140', '8a0140'].map((rest, index) => ({
      ...packet,
      sequence: index,
      timestamp,
      payload: Buffer.concat([Buffer.from([event]), Buffer.from(rest, 'hex')]),
    }));

  it('is heard once, and twice when it is pressed twice', () => {
    const keys = [...pressed(1, 100), ...pressed(1, 2500), ...pressed(10, 4900), ...pressed(11, 7300)];
    expect(keys.map(keyReader(101)).filter((key) => key !== null)).toEqual(['1', '1', '*', '#']);
  });

  it('is heard although its first packets were lost', () => {
    expect(pressed(5, 100).slice(4).map(keyReader(101))).toEqual(['5']);
  });

  it('is none of the keys A to D, and none in another payload type', () => {
    expect(pressed(12, 100).map(keyReader(101))).toEqual([null, null, null, null, null]);
    expect(pressed(1, 100).map(keyReader(96))).toEqual([null, null, null, null, null]);
  });
});

describe('a stream', () => {
  it('plays to the other end, in order, and a signal cuts it short', async () => {
    const [one, other] = [await RtpStream.open(), await RtpStream.open()];
    try {
      const heard: number[] = [];
      other.onFrame = (frame) => heard.push(frame[0] ?? -1);
      other.start({ port: one.port, events: 101 });
      one.start({ port: other.port, events: 101 });
      const frames = Buffer.concat([1, 2, 3].map((byte) => Buffer.alloc(160, byte)));
      const whole = await one.play(frames, new AbortController().signal);
      expect(whole.to - whole.from).toBeCloseTo(0.06);
      const cut = new AbortController();
      other.onFrame = (frame) => {
        heard.push(frame[0] ?? -1);
        cut.abort();
      };
      const part = await one.play(silence(60), cut.signal);
      expect(part.to - part.from).toBeLessThan(60);
      expect(heard.filter((byte) => byte !== 0xff)).toEqual([1, 2, 3]);
    } finally {
      one.close();
      other.close();
    }
  });
});

describe('a recording', () => {
  it('is as loud as it is: half of full scale, and nothing', () => {
    const samples = new Int16Array(16_000).fill(16_384, 0, 8000);
    expect(loudness(samples, { from: 0, to: 1 })).toBeCloseTo(-6.02, 2);
    expect(loudness(samples, { from: 1, to: 2 })).toBe(-Infinity);
  });

  it('is silent after its end', () => {
    expect(loudness(new Int16Array(8000), { from: 2, to: 3 })).toBe(-Infinity);
  });
});

describe('netstrings', () => {
  it('come out as they went in, however they are cut', async () => {
    const stream = new PassThrough();
    const texts: string[] = [];
    readNetstrings(stream, (text) => texts.push(text));
    for (const byte of Buffer.from(writeNetstring('{"type":"é"}') + writeNetstring('')))
      stream.write(Buffer.from([byte]));
    stream.end();
    await once(stream, 'end');
    expect(texts).toEqual(['{"type":"é"}', '']);
  });
});
