/** A WAV file for the telephone: 8000 samples a second, 16 bits, one channel, all of the same value. */
export function wav(samples = 800, value = 0): Uint8Array {
  const bytes = Buffer.alloc(44 + samples * 2);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(8000, 24);
  bytes.writeUInt32LE(16_000, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples * 2, 40);
  for (let sample = 0; sample < samples; sample++) bytes.writeInt16LE(value, 44 + sample * 2);
  return bytes;
}

/** The beginning of an MP3 file: one frame header of MPEG-1 layer III, and silence. */
export function mp3(): Uint8Array {
  return Uint8Array.from([0xff, 0xfb, 0x90, 0x00, ...Array.from({ length: 413 }, () => 0)]);
}
