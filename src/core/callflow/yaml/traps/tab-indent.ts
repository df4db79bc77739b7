import type { Trap } from '../trap.ts';

/** A line that begins with a tab: YAML counts spaces only. */
export const tabIndent: Trap = {
  behind: ({ offset, reason }, page) => {
    const line = page.lineAt(offset);
    const tabs = /^ *(\t+)/.exec(line.text)?.[1];
    if (tabs === undefined || (line.isText && !reason.startsWith('Block scalar'))) return null;
    return {
      code: 'CF009',
      offset: line.offset + line.indent,
      length: tabs.length,
      message: 'This line begins with a tab; YAML counts only spaces there.',
      fix: 'Put spaces in its place, as many as the lines beside it have. Editors have a setting for it: "insert spaces".',
    };
  },
};
