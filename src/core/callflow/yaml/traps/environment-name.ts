import type { Trap } from '../trap.ts';

/** `{ dial: ${AGENT_NUMBER} }`: in brackets a name of the environment needs quotes. */
export const environmentName: Trap = {
  behind: ({ offset }, page) => {
    const before = page.before(offset);
    if (page.text.charAt(offset) !== '{' || before?.kind !== 'plain' || !before.text.endsWith('$')) return null;
    if (before.offset + before.text.length !== offset) return null;
    const rest = page.text.slice(before.offset);
    const [written = rest] = /^[^\s,}]*\$\{[^\s}]*\}[^\s,}\]]*/.exec(rest) ?? [];
    return {
      code: 'CF007',
      offset: before.offset,
      length: written.length,
      message: `Between brackets ${written} needs quotes.`,
      fix: `Write "${written}"`,
    };
  },
};
