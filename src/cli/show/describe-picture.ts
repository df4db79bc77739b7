import { sentenceOf } from '../../core/callflow/in-words.ts';
import type { Box, Picture } from './picture.ts';

/** The picture in sentences, for readers who listen to it. */
export function describePicture(picture: Picture): string {
  const exits = picture.exits.map(({ name, does }) => `The exit ${name} ${does}.`);
  const legend = (picture.legend ?? []).map(({ text }) => `${sentenceOf(text)}.`);
  return [
    ...legend,
    `Calls begin at ${picture.start}.`,
    ...picture.boxes.map((box) => described(box, picture)),
    ...exits,
  ].join(' ');
}

function described({ name, verb, detail, text, notes }: Box, { arrows }: Picture): string {
  const does = [verb, detail].filter((each) => each !== '').join(' ');
  const words = text?.spoken === true ? `, “${text.words}”` : '';
  const ways = [
    ...arrows.filter(({ from }) => from === name).map(({ labels, to }) => ({ when: labels, to })),
    ...notes,
  ].map(({ when, to }) => `${when.length === 0 ? 'it' : when.join(', ')} leads to ${to}`);
  return `${name} (${does}${words})${ways.length === 0 ? '' : `: ${ways.join('; ')}`}.`;
}
