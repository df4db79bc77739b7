/** The part of the parser's tree of a text that is read here and by the rules. */
export interface WordingNode {
  readonly type: number;
  /** A literal's text, a variable's name, a tag's name. */
  readonly value?: string;
  readonly options?: Readonly<Record<string, { readonly value: readonly WordingNode[]; readonly location: Location }>>;
  readonly children?: readonly WordingNode[];
  /** Of a plural. */
  readonly pluralType?: 'cardinal' | 'ordinal';
  readonly offset?: number;
  /** How a number is written. */
  readonly style?: string | { readonly parsedOptions?: { readonly currency?: string } } | null;
  readonly location: Location;
}

/** From 0, in the text as it was written. */
interface Location {
  readonly start: { readonly offset: number };
  readonly end: { readonly offset: number };
}

export const TAGS = ['digits', 'pause', 'slow', 'spell'] as const;

export const NODE = {
  literal: 0,
  argument: 1,
  number: 2,
  date: 3,
  time: 4,
  select: 5,
  plural: 6,
  pound: 7,
  tag: 8,
} as const;

/** Visits every node, those inside choices and tags after the one that holds them. */
export function walk(nodes: readonly WordingNode[], visit: (node: WordingNode) => void): void {
  for (const node of nodes) {
    visit(node);
    for (const option of Object.values(node.options ?? {})) walk(option.value, visit);
    walk(node.children ?? [], visit);
  }
}

/** Whether a node stands for a value that is put in. */
export function isVariable({ type }: WordingNode): boolean {
  return type !== NODE.literal && type !== NODE.pound && type !== NODE.tag;
}

/** A node whose choices and whose tag hold other nodes. */
export function withInner(
  node: WordingNode,
  change: (nodes: readonly WordingNode[]) => readonly WordingNode[],
): WordingNode {
  const { options, children } = node;
  if (options !== undefined) {
    const changed = Object.entries(options).map(([key, option]) => [key, { ...option, value: change(option.value) }]);
    return { ...node, options: Object.fromEntries(changed) as NonNullable<WordingNode['options']> };
  }
  return children === undefined ? node : { ...node, children: change(children) };
}

/** The variables in a tree; with `types`, only those that stand in such nodes. */
export function namesIn(nodes: readonly WordingNode[], types?: readonly number[]): readonly string[] {
  const names = new Set<string>();
  walk(nodes, (node) => {
    if (isVariable(node) && (types === undefined || types.includes(node.type))) names.add(node.value ?? '');
  });
  return [...names];
}

/** The literal texts of nodes next to each other. */
export function plainText(nodes: readonly WordingNode[]): string {
  return nodes.map(({ type, value = '' }) => (type === NODE.literal ? value : '')).join('');
}
