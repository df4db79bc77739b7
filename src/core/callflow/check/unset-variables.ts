import { VERBS } from '../../blocks/index.ts';
import type { Block } from '../callflow.ts';
import type { CallflowFile } from '../project.ts';
import { suggestion } from '../similar.ts';
import { knownVariables } from './known-variables.ts';
import { reachable } from './reachable.ts';
import type { Found, Rule } from './rule.ts';
import { whereWritten } from './written.ts';

/** A variable that is read has been set on some way there: an entry, a `set`, a look-up, an input. */
export const unsetVariables: Rule = {
  code: 'CF213',
  severity: 'error',
  stage: 'sense',
  of: 'callflow',
  *check(file) {
    const { callflow, graph } = file;
    const knownAt = knownVariables(file);
    const reached = reachable([graph.start], graph.edges);
    const told = new Set<string>();
    for (const read of readsOf(file)) {
      const known = knownAt(read.node);
      const place = read.path.join(' ');
      // What several blocks read at one place of the file is one mistake.
      if (!reached.has(read.node) || known.has(read.variable) || told.has(place)) continue;
      told.add(place);
      yield unset(read, known, file);
    }
    const { account } = callflow;
    const ever = new Set([...reached].flatMap((node) => [...knownAt(node)]));
    if (account !== null && !ever.has(account) && !told.has('account'))
      yield unset({ variable: account, by: 'anybody can be verified for it', path: ['account'] }, ever, file);
  },
};

/** A variable that is read, by what, and where the file says so. */
interface Read {
  readonly variable: string;
  /** As in "before ... ". */
  readonly by: string;
  readonly path: readonly PropertyKey[];
}

function readsOf(file: CallflowFile): readonly (Read & { readonly node: string })[] {
  const { blocks, exits } = file.callflow;
  const byBlocks = [...blocks.values()].flatMap((block) => {
    const { name: node, verb, body } = block;
    const variables = VERBS.get(verb)?.reads?.(body, { name: node, callflow: file.callflow }) ?? [];
    const by = `the block "${node}" needs it`;
    return variables.map((variable) => ({ node, variable, by, path: whereRead(variable, block, file) }));
  });
  const byExits = Object.entries(exits).flatMap(([node, exit]) =>
    ('send' in exit ? exit.send : []).map((variable, index) => {
      const by = `the exit "${node}" sends it`;
      return { node, variable, by, path: ['exits', node, 'send', index] };
    }),
  );
  return [...byBlocks, ...byExits];
}

/** In the block, in the list of what its service is sent, or at the top where the account is named. */
function whereRead(variable: string, block: Block, { callflow, yaml }: CallflowFile): readonly PropertyKey[] {
  const at = ['blocks', block.name];
  const own = whereWritten(yaml, variable, { at });
  if (own[0] === 'blocks' && own.length > at.length) return own;
  const service = VERBS.get(block.verb)?.service?.(block.body) ?? '';
  const sent = callflow.services[service]?.send.indexOf(variable) ?? -1;
  if (sent !== -1) return ['services', service, 'send', sent];
  return callflow.account === variable ? ['account'] : at;
}

function unset({ variable, by, path }: Read, known: ReadonlySet<string>, { yaml }: CallflowFile): Found {
  // The parts of nbest lists say the same many times.
  const names = [...known].filter((name) => !/_nbest/.test(name)).sort();
  return {
    at: yaml.place(path),
    message: `Nothing sets "${variable}" before ${by}.${suggestion(variable, known)}`,
    fix: `Set it on the way there, or name it under \`inputs\` if it is handed in. Known there: ${names.join(', ')}.`,
  };
}
