import type { Trap } from '../trap.ts';

/** `"C:\\Users"`: in double quotes a backslash begins a special character. */
export const backslash: Trap = {
  behind: ({ code, offset }, page) => {
    if (code !== 'BAD_DQ_ESCAPE') return null;
    const written = page.text.slice(offset, offset + 2).trimEnd();
    return {
      code: 'CF027',
      offset,
      length: written.length,
      message: `In double quotes a backslash begins a special character, and ${written} is none.`,
      fix: 'Write it twice (\\\\), or put single quotes around the text.',
    };
  },
};
