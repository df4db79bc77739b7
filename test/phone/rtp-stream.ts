import { createSocket, type Socket } from 'node:dgram';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import type { Media } from './sip-message.ts';
import { keyReader, readRtp, writeRtp } from './rtp-packet.ts';

const PCMU = 0;
/** 20 ms of mu-law, a byte a sample. */
const FRAME_BYTES = 160;
const FRAME_MS = 20;
/** Mu-law's zero. */
const SILENCE = 0xff;
/** A process that was kept from running does not send more than so many frames at once: a phone would drop them. */
const MOST_BEHIND = 5;
/** What another stream hands over waits here so long at most. */
const MOST_HANDED_OVER = 10;

/** From when to when, in seconds of what this end has sent since it began. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

interface Playing {
  readonly audio: Buffer;
  at: number;
  readonly end: () => void;
}

/** One end of the audio of a call: sends a frame each 20 ms, silence where there is nothing to say, and hears keys. */
export class RtpStream {
  /** Called for each key of the other end. */
  onKey: (key: string) => void = () => undefined;
  /** Called for each frame of the other end, as it came. */
  onFrame: (frame: Buffer) => void = () => undefined;
  private readonly socket: Socket;
  private readonly source = randomInt(2 ** 32);
  private frames = 0;
  private playing: Playing | null = null;
  private handedOver: Buffer[] = [];
  private timer: NodeJS.Timeout | undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
  }

  static async open(): Promise<RtpStream> {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new RtpStream(socket);
  }

  get port(): number {
    return this.socket.address().port;
  }

  /** Seconds of audio that were sent. */
  get sent(): number {
    return (this.frames * FRAME_MS) / 1000;
  }

  /** Speaks with the other end from now on. */
  start(other: Media): void {
    const keyOf = keyReader(other.events);
    this.socket.on('message', (bytes) => {
      const packet = readRtp(bytes);
      if (packet === null) return;
      const key = keyOf(packet);
      if (key !== null) this.onKey(key);
      if (packet.payloadType === PCMU) this.onFrame(packet.payload);
    });
    let next = performance.now();
    const tick = (): void => {
      const now = performance.now();
      next = Math.max(next, now - MOST_BEHIND * FRAME_MS);
      for (; next <= now; next += FRAME_MS) this.send(other.port);
      this.timer = setTimeout(tick, next - now);
    };
    tick();
  }

  /** Plays mu-law to its end, or until `signal` cuts it short; one at a time. */
  async play(audio: Buffer, signal: AbortSignal): Promise<Span> {
    const from = this.sent;
    if (signal.aborted) return { from, to: from };
    const to = await new Promise<number>((resolve) => {
      const end = (): void => {
        this.playing = null;
        resolve(this.sent);
      };
      this.playing = { audio, at: 0, end };
      signal.addEventListener('abort', end, { once: true });
    });
    return { from, to };
  }

  /** The next frame to send, while nothing else is played. */
  handOver(frame: Buffer): void {
    if (this.handedOver.length < MOST_HANDED_OVER) this.handedOver.push(frame);
  }

  close(): void {
    clearTimeout(this.timer);
    this.socket.close();
  }

  private send(port: number): void {
    const sequence = this.frames;
    this.frames += 1;
    const timestamp = sequence * FRAME_BYTES;
    const packet = { payloadType: PCMU, sequence, timestamp, source: this.source, payload: this.nextFrame() };
    this.socket.send(writeRtp(packet), port, '127.0.0.1');
  }

  private nextFrame(): Buffer {
    const { playing } = this;
    if (playing === null) return this.handedOver.shift() ?? Buffer.alloc(FRAME_BYTES, SILENCE);
    const frame = Buffer.alloc(FRAME_BYTES, SILENCE);
    playing.audio.copy(frame, 0, playing.at);
    playing.at += FRAME_BYTES;
    if (playing.at >= playing.audio.length) playing.end();
    return frame;
  }
}

/** Mu-law of nothing. */
export function silence(seconds: number): Buffer {
  return Buffer.alloc(Math.round(seconds * 8000), SILENCE);
}
