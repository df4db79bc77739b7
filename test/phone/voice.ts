import { execFile } from 'node:child_process';
import path from 'node:path';
import { RATE } from './recording.ts';

/** The voice of the platform: mu-law, 8000 samples a second. `language` as in `en-US`. @throws Error with what the programs say */
export async function speak(words: string, language: string): Promise<Buffer> {
  return muLaw(await synthesise(words, language), 'wav');
}

/** A recording for the telephone. @throws Error where it is not served, or is no audio */
export async function fetchRecording(url: string): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`the recording ${url} cannot be fetched: ${response.status}`);
  return muLaw(Buffer.from(await response.arrayBuffer()), path.extname(url).slice(1));
}

/** Makes a WAV file of words, so many times over: 8000 samples a second, 16 bits. */
export async function speakToFile(words: string, file: string, times: number): Promise<void> {
  const repeat = ['repeat', String(times - 1)];
  await run('sox', ['-t', 'wav', '-', '-r', '8000', '-b', '16', '-c', '1', file, ...repeat], await synthesise(words));
}

/** The samples of a WAV file. */
export async function readSound(file: string): Promise<Int16Array> {
  const bytes = await run('sox', [file, '-t', 's16', '-r', String(RATE), '-c', '1', '-'], Buffer.alloc(0));
  return Int16Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(2 * index));
}

function synthesise(words: string, language = 'en-US'): Promise<Buffer> {
  return run('espeak-ng', ['-v', language, '--stdin', '--stdout'], Buffer.from(words));
}

function muLaw(audio: Buffer, type: string): Promise<Buffer> {
  return run('sox', ['-t', type, '-', '-t', 'raw', '-r', '8000', '-c', '1', '-e', 'u-law', '-'], audio);
}

function run(program: string, args: readonly string[], input: Buffer): Promise<Buffer> {
  const limits = { encoding: 'buffer', timeout: 20_000, maxBuffer: 2 ** 25 } as const;
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, limits, (error, stdout) => (error ? reject(error) : resolve(stdout)));
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
