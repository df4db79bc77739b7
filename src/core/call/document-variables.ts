import { NODE, withInner, type WordingNode } from './wording-tree.ts';

/**
 * The template variables of the OTP-node reference as it writes them (L19, L30), each with our own name; a line break is
 * no value but a text.
 */
export const DOCUMENT_VARIABLES: Readonly<Record<string, string>> = {
  OTP: 'code',
  ExpirePeriod: 'minutes',
  otpDestination: 'destination',
  LineBreak: '\n',
};

/**
 * A tree with `${OTP}` and the like read as ours. To ICU each is a dollar sign and an argument: the sign is taken out of
 * the text before it, and every node stays at its place in the file. A dollar sign before any other value is money.
 */
export function withDocumentVariables(nodes: readonly WordingNode[]): readonly WordingNode[] {
  return nodes.map((node, index) => {
    const named = ours(node);
    const inner = withInner(node, withDocumentVariables);
    if (named !== undefined && endsInDollar(nodes[index - 1])) return asOurs(node, named);
    const next = nodes[index + 1];
    const gives = node.type === NODE.literal && next !== undefined && ours(next) !== undefined && endsInDollar(node);
    return gives ? { ...inner, value: (node.value ?? '').slice(0, -1) } : inner;
  });
}

function ours({ type, value = '' }: WordingNode): string | undefined {
  return type === NODE.argument && Object.hasOwn(DOCUMENT_VARIABLES, value) ? DOCUMENT_VARIABLES[value] : undefined;
}

function endsInDollar(node: WordingNode | undefined): boolean {
  return node?.type === NODE.literal && node.value?.endsWith('$') === true;
}

function asOurs(node: WordingNode, named: string): WordingNode {
  const { start, end } = node.location;
  const location = { start: { offset: start.offset - 1 }, end };
  return named === '\n' ? { type: NODE.literal, value: named, location } : { ...node, value: named, location };
}
