import type { Trap } from '../trap.ts';

/** Letters that were lost because the file is not UTF-8. */
export const encoding: Trap = {
  inWords: ({ text }) => {
    const [offset] = ['\u0000', '\uFFFD'].map((lost) => text.indexOf(lost)).filter((at) => at !== -1);
    if (offset === undefined) return null;
    return {
      code: 'CF028',
      offset,
      message: 'This character cannot be read: the file is not saved as UTF-8.',
      fix: 'Save it again with the encoding UTF-8; then look whether all letters with accents are there.',
    };
  },
};
