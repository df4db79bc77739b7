import { Html, markup } from '../../../core/markup.ts';

/** The picture above the title. */
export type Mark = 'lock' | 'waiting' | 'trouble';

const SHAPES: Readonly<Record<Mark, Html>> = {
  lock: new Html(
    '<rect x="4" y="10.5" width="16" height="10" rx="2.5"/><path d="M8 10.5V7a4 4 0 0 1 8 0v3.5M12 14.5v2"/>',
  ),
  waiting: new Html('<circle cx="12" cy="12" r="9"/><path d="M21 12a9 9 0 0 0-9-9"/>'),
  trouble: new Html('<circle cx="12" cy="12" r="9.5"/><path d="M12 7v6M12 16.5v.01"/>'),
};

/** Says nothing that the title does not say. */
export function mark(name: Mark): Html {
  return markup`<svg class="mark ${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${SHAPES[name]}</svg>`;
}
