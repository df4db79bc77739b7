import type { Token } from './tokens.ts';

/** Tokens that the parser complains about whatever stands around them. */
const NEVER: ReadonlySet<Token['kind']> = new Set([
  'alias',
  'anchor',
  'tag',
  'directive-line',
  'doc-end',
  'flow-error-end',
  'unknown',
]);
const NODES: ReadonlySet<Token['kind']> = new Set([
  'plain',
  'single-quoted-scalar',
  'double-quoted-scalar',
  'block-scalar-header',
]);

/**
 * Counts the tokens that cannot be where they are. Every one of them becomes an error of the parser, which costs ten
 * times as much as what is right; only the first error is ever told. The count is for that, and decides about nothing.
 */
export class Strays {
  count = 0;
  private brackets = 0;
  private node: Token | null = null;
  /** A value may follow: a colon or a dash came before. */
  private isDue = false;
  private isKey = false;
  private colons = 0;
  private afterComma = false;

  see(token: Token): void {
    const { kind, text } = token;
    if (kind === 'comment' || (kind === 'space' && !text.includes('\t'))) return;
    if (kind === 'newline') this.endLine();
    else if (NODES.has(kind)) this.seeNode(token);
    else this.seeSign(token);
    this.afterComma = kind === 'comma' || (this.afterComma && kind === 'newline');
  }

  private seeNode(token: Token): void {
    const { kind, text } = token;
    if (this.node !== null) this.count += 1;
    if (kind === 'plain' && /^[,%@`]/.test(text)) this.count += 1;
    if (kind.endsWith('quoted-scalar') && (text.length < 2 || !text.endsWith(text.charAt(0)))) this.count += 1;
    this.node = token;
    if (!this.isDue && this.brackets === 0) this.isKey = true;
    this.isDue = false;
  }

  private seeSign({ kind, text }: Token): void {
    const isOpening = kind === 'flow-map-start' || kind === 'flow-seq-start';
    const isClosing = kind === 'flow-map-end' || kind === 'flow-seq-end';
    if (NEVER.has(kind) || (kind === 'space' && text.includes('\t') && this.node === null)) this.count += 1;
    if (isOpening && this.node !== null) this.count += 1;
    if ((isClosing || kind === 'comma') && this.brackets === 0) this.count += 1;
    if (kind === 'comma' && this.afterComma) this.count += 1;
    if (kind === 'map-value-ind') this.seeColon();
    if (kind === 'flow-error-end') this.brackets = 0;
    if (kind === 'space') return;
    if (isOpening) this.brackets += 1;
    if (isClosing) this.brackets = Math.max(0, this.brackets - 1);
    if (isOpening || isClosing || kind === 'comma') this.colons = 0;
    this.isDue = kind === 'map-value-ind' || kind === 'seq-item-ind' || kind === 'explicit-key-ind';
    this.node = isClosing ? { kind: 'plain', text: '', offset: 0 } : null;
  }

  private seeColon(): void {
    if (this.colons > 0 || this.node?.text.includes('\n') === true) this.count += 1;
    this.colons += 1;
    this.isKey = false;
  }

  private endLine(): void {
    if (this.brackets > 0) return;
    if (this.isKey) this.count += 1;
    this.isKey = false;
    this.node = null;
    this.colons = 0;
  }
}
