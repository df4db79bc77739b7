/** The first bytes of a file say what it is, where the format has a header. */
export type AudioKind = 'wav' | 'mp3' | 'aiff' | 'aifc';

/** What is known of one file in `prompts/<locale>/audio/`. */
export interface AudioFile {
  /** As it should appear in findings, for example `prompts/en-US/audio/welcome.wav`. */
  readonly file: string;
  readonly name: string;
  readonly locale: string;
  /** Bytes. */
  readonly size: number;
  /** Names its content: another recording under the same name has another digest. Letters and digits. */
  readonly digest: string;
  readonly kind: AudioKind | null;
}

/** Bytes: a recording of this size lasts ten minutes as WAV for the telephone. */
export const MOST_AUDIO_BYTES = 10 * 1024 * 1024;

/** How a recording may be called: no folder, nothing that an address would have to escape. */
export const AUDIO_NAME = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+$/;

interface AudioFormat {
  readonly contentType: string;
  /** Null where the format has no header: nothing but samples. */
  readonly kind: AudioKind | null;
}

/** By the ending of the name: what Twilio's Play takes. */
const FORMATS: ReadonlyMap<string, AudioFormat> = new Map([
  ['wav', { contentType: 'audio/wav', kind: 'wav' }],
  ['mp3', { contentType: 'audio/mpeg', kind: 'mp3' }],
  ['aif', { contentType: 'audio/aiff', kind: 'aiff' }],
  ['aiff', { contentType: 'audio/aiff', kind: 'aiff' }],
  ['aifc', { contentType: 'audio/x-aifc', kind: 'aifc' }],
  ['gsm', { contentType: 'audio/gsm', kind: null }],
  ['ulaw', { contentType: 'audio/ulaw', kind: null }],
]);

export const AUDIO_ENDINGS: readonly string[] = [...FORMATS.keys()];

/** What the ending of a name promises; undefined where platforms do not play it. */
export function audioFormat(name: string): AudioFormat | undefined {
  return FORMATS.get(name.slice(name.lastIndexOf('.') + 1).toLowerCase());
}

/** What a file holds, by its first 12 bytes; null for samples without a header, and for what is no audio. */
export function audioKind(bytes: Uint8Array): AudioKind | null {
  const text = (from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WAVE') return 'wav';
  if (text(0, 4) === 'FORM' && text(8, 12) === 'AIFF') return 'aiff';
  if (text(0, 4) === 'FORM' && text(8, 12) === 'AIFC') return 'aifc';
  if (text(0, 3) === 'ID3') return 'mp3';
  // A frame of MPEG layer III: eleven bits of sync, a version, the layer.
  const [sync = 0, header = 0] = bytes;
  return sync === 0xff && (header & 0xe0) === 0xe0 && (header & 0x06) === 0x02 ? 'mp3' : null;
}

/** Where a recording is served, under the public address. */
export function audioPath({ digest, locale, name }: Pick<AudioFile, 'digest' | 'locale' | 'name'>): string {
  return `audio/${digest}/${locale}/${name}`;
}
