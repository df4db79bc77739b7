import type { PromptFile } from '../project.ts';
import type { Found, Rule } from './rule.ts';
import { wordedIn } from './worded.ts';

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

/** Every text has words, and nothing that cannot be heard or read. */
export const untidyTexts: Rule = {
  code: 'CF328',
  severity: 'error',
  stage: 'names',
  of: 'prompts',
  *check(file) {
    for (const { written, path } of textsOf(file)) {
      const found = untidy(written);
      if (found === null) continue;
      const { offset, ...rest } = found;
      yield { at: offset === 0 ? file.yaml.place(path) : file.yaml.placeIn(path, offset), ...rest };
    }
  },
};

interface Plain {
  readonly written: string;
  readonly path: readonly PropertyKey[];
}

function textsOf(file: PromptFile): readonly Plain[] {
  const keys = Object.entries(file.text['key-names'] ?? {});
  return [...wordedIn(file), ...keys.map(([key, written]) => ({ written, path: ['key-names', key] }))];
}

/** A block of lines may end with the line's end, as YAML writes it. */
function untidy(written: string): (Omit<Found, 'at'> & { readonly offset: number }) | null {
  const control = CONTROL.exec(written);
  if (written.trim() === '')
    return { offset: 0, message: 'This text is empty: callers would hear nothing.', fix: 'Write what is to be said.' };
  if (control !== null) {
    const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return {
      offset: control.index,
      message: `This text holds a control character (U+${code}), which is neither spoken nor sent.`,
      fix: 'Write a space, or begin a new line in a text that stands under `|`.',
    };
  }
  const offset = /^\s/.test(written) ? 0 : written.search(/ +\n?$/);
  if (offset < 0) return null;
  return { severity: 'warning', offset, message: 'This text begins or ends with a space.', fix: 'Take it out.' };
}
