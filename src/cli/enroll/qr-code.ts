import { styleText } from 'node:util';
import { renderUnicodeCompact } from 'uqr';
import type { Output } from '../call/screen.ts';

/** A QR code in half blocks; on a terminal with colours of its own, since the dark squares must be the darker ones. */
export function qrCode(text: string, output: Output): string {
  return renderUnicodeCompact(text, { border: 2 })
    .split('\n')
    .map((line) => coloured('bgBlack', coloured('whiteBright', line, output), output))
    .join('\n');
}

/** Node 20 heeds the stream for one style only, not for a list of them. */
function coloured(style: 'bgBlack' | 'whiteBright', text: string, stream: Output): string {
  return styleText(style, text, { stream, validateStream: true });
}
