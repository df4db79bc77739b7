import { VERBS } from '../../blocks/index.ts';
import type { Block, Callflow } from '../callflow.ts';
import { formatDuration } from '../../duration.ts';
import type { CallflowFile } from '../project.ts';
import { triedIn } from '../secrets.ts';
import { asking } from './asking.ts';
import type { Rule } from './rule.ts';
import { firstWritten } from './written.ts';

const MINUTE = 60_000;
/** Codes that last longer need ALLOW_NONCONFORMANT. */
const LONGEST = 10 * MINUTE;

/**
 * A code lasts at least as long as one block may ask for it: its question, said and waited for as often as its limit of
 * silences lets it.
 */
export const briefCode: Rule = {
  code: 'CF237',
  severity: 'warning',
  stage: 'advice',
  of: 'callflow',
  *check(file) {
    const { callflow, yaml } = file;
    const { lasts } = callflow.settings.code;
    if (lasts === null) return;
    const [slowest] = codeBlocks(callflow)
      .map((block) => ({ block, ...roundOf(block, file) }))
      .sort((a, b) => b.ms - a.ms);
    if (slowest === undefined || slowest.ms <= lasts) return;
    const { block, ms, times, wait } = slowest;
    const place = firstWritten(yaml, [['settings', 'code', 'lasts'], ['blocks', block.name, block.verb], ['use']]);
    const waitLess = `"${block.name}" wait less or fewer times`;
    const enough = Math.ceil(ms / MINUTE) * MINUTE;
    yield {
      at: yaml.place(place),
      message: `A code lasts ${formatDuration(lasts)}, and "${block.name}" may ask for it for about ${Math.ceil(ms / 1000)} seconds: ${times} times, with ${formatDuration(wait)} to wait each time.`,
      fix: enough > LONGEST ? `Let ${waitLess}.` : `Write \`lasts: ${formatDuration(enough)}\`, or let ${waitLess}.`,
    };
  },
};

/** The blocks whose entry a verify-code tries. */
function codeBlocks(callflow: Callflow): readonly Block[] {
  const tried = triedIn(callflow);
  return [...callflow.blocks.values()].filter(({ verb, body }) => {
    const kind = VERBS.get(verb)?.kind;
    return kind?.does === 'listen' && tried.has(kind.saves?.(body) ?? '');
  });
}

/** How long a caller who says nothing is asked, in the language in which that takes longest. */
function roundOf(
  block: Block,
  file: CallflowFile,
): { readonly ms: number; readonly times: number; readonly wait: number } {
  const { callflow, wordings: languages } = file;
  const kind = VERBS.get(block.verb)?.kind;
  const most = kind?.does === 'listen' ? kind.limits(block.body, { name: block.name, callflow }).silences.most : 0;
  const times = Math.max(1, most);
  const rounds = [...languages.values()].map((wordings) => {
    const asked = Array.from({ length: times }, (_, silences) => asking(file, { block, wordings, silences }));
    return {
      ms: asked.reduce((sum, each) => sum + (each?.speech ?? 0) + (each?.wait ?? 0), 0),
      times,
      wait: asked[0]?.wait ?? 0,
    };
  });
  return rounds.sort((a, b) => b.ms - a.ms)[0] ?? { ms: 0, times, wait: 0 };
}
