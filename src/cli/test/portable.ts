import type { Played } from '../../simulator/record.ts';

/** An outcome that another thread can be handed: replies are written out. What nobody will look at is left behind. */
export function portable(played: Played, { traced }: { readonly traced: boolean }): Played {
  if (played.outcome === 'passed' && !traced) return { ...played, happened: [] };
  const happened = played.happened.map((each) =>
    each.kind === 'reply' ? { ...each, reply: { body: each.reply.body } } : each,
  );
  return { ...played, happened };
}
