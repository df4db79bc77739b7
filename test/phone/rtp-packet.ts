/** RTP packets (RFC 3550) and the keys of a telephone in them (RFC 4733, once RFC 2833). */

export interface RtpPacket {
  readonly payloadType: number;
  readonly sequence: number;
  /** In samples, 8000 a second. */
  readonly timestamp: number;
  /** Of the sender's stream. */
  readonly source: number;
  readonly payload: Buffer;
}

const HEADER_BYTES = 12;
/** Version 2; no padding, no extension, no other sources. */
const FIRST_BYTE = 0x80;

export function writeRtp(packet: RtpPacket): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header[0] = FIRST_BYTE;
  header[1] = packet.payloadType;
  // Both begin again at 0 when they are full.
  header.writeUInt16BE(packet.sequence & 0xffff, 2);
  header.writeUInt32BE(packet.timestamp >>> 0, 4);
  header.writeUInt32BE(packet.source, 8);
  return Buffer.concat([header, packet.payload]);
}

/** Null for what is no RTP, or has more in its header than the phones here send. */
export function readRtp(bytes: Buffer): RtpPacket | null {
  if (bytes.length < HEADER_BYTES || bytes[0] !== FIRST_BYTE) return null;
  return {
    // The highest bit marks the first packet after a silence.
    payloadType: (bytes[1] ?? 0) & 0x7f,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    source: bytes.readUInt32BE(8),
    payload: bytes.subarray(HEADER_BYTES),
  };
}

const KEYS = '0123456789*#';

/**
 * Hears keys: gives each once, at the first packet that tells of it, and null for the others. A key lasts many packets
 * and its end is sent three times; all of them carry the timestamp of its beginning (RFC 4733, section 2.5.1).
 */
export function keyReader(payloadType: number): (packet: RtpPacket) => string | null {
  let last: number | null = null;
  return (packet) => {
    if (packet.payloadType !== payloadType || packet.timestamp === last) return null;
    last = packet.timestamp;
    return KEYS[packet.payload[0] ?? KEYS.length] ?? null;
  };
}
