import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AUDIO_ENDINGS, AUDIO_NAME, audioFormat, audioKind, audioPath } from '../../../src/core/callflow/audio-file.ts';
import { mp3, wav } from '../../support/audio.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('what a file holds is told by its first bytes', () => {
  it.each([
    ['WAV', wav(1), 'wav'],
    ['WAV with nothing but a header', wav(0), 'wav'],
    ['MP3 without a tag', mp3(), 'mp3'],
    ['MP3 of MPEG-2, at a lower rate', Uint8Array.of(0xff, 0xf3, 0x40), 'mp3'],
    ['MP3 that begins with its title', bytes('ID3\u0004'), 'mp3'],
    ['AIFF', bytes('FORM\u0000\u0000\u0000\u0000AIFFCOMM'), 'aiff'],
    ['AIFF-C', bytes('FORM\u0000\u0000\u0000\u0000AIFCFVER'), 'aifc'],
    ['another RIFF file', bytes('RIFF\u0000\u0000\u0000\u0000AVI '), null],
    ['AAC, which begins almost like MP3', Uint8Array.of(0xff, 0xf1, 0x50), null],
    ['Ogg', bytes('OggS'), null],
    ['text', bytes('Welcome back.'), null],
    ['a web page', bytes('<!doctype html>'), null],
    ['nothing', new Uint8Array(), null],
  ])('%s', (_what, content, kind) => {
    expect(audioKind(content)).toBe(kind);
  });

  it('whatever it holds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 16 }), (content) => {
        expect([null, 'wav', 'mp3', 'aiff', 'aifc']).toContain(audioKind(content));
      }),
    );
  });
});

describe('the ending of its name', () => {
  it.each([
    ['wav', 'audio/wav'],
    ['mp3', 'audio/mpeg'],
    ['aif', 'audio/aiff'],
    ['aiff', 'audio/aiff'],
    ['aifc', 'audio/x-aifc'],
    ['gsm', 'audio/gsm'],
    ['ulaw', 'audio/ulaw'],
  ])('.%s is served as %s, a type that Play takes, however it is capitalised', (ending, type) => {
    expect(audioFormat(`hello.${ending}`)?.contentType).toBe(type);
    expect(audioFormat(`hello.${ending.toUpperCase()}`)?.contentType).toBe(type);
    expect(AUDIO_ENDINGS).toContain(ending);
  });

  it.each(['hello.ogg', 'hello.wav.txt', 'hello.m4a', 'hello.'])('%s is not played', (name) => {
    expect(audioFormat(name)).toBeUndefined();
  });
});

describe('its name', () => {
  it.each(['hello.wav', 'Hello_2-b.MP3', 'v1.2.wav'])('%s', (name) => {
    expect(name).toMatch(AUDIO_NAME);
    const path = audioPath({ digest: 'd1', locale: 'en-US', name });
    expect(path).toBe(`audio/d1/en-US/${name}`);
    expect(new URL(path, 'https://a.example/').href).toBe(`https://a.example/${path}`);
  });

  it.each([
    '',
    'hello',
    '.wav',
    '..wav',
    '../hello.wav',
    'a/../b.wav',
    'audio/hello.wav',
    'a\\b.wav',
    'hello..wav',
    '/etc/passwd',
    'hello.wav/',
    'a b.wav',
    'a%2fb.wav',
    'a?.wav',
    'a#.wav',
    'ä.wav',
    'a\u0000.wav',
    'https://a.example/b.wav',
  ])('%j is refused', (name) => {
    expect(name).not.toMatch(AUDIO_NAME);
  });
});
