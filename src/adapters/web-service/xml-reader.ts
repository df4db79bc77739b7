import { SaxesParser } from 'saxes';
import type { ServiceAnswer, XmlElement } from '../../core/contracts/web-service.ts';

export interface XmlLimits {
  readonly bytes: number;
  readonly depth: number;
  readonly elements: number;
}

const LIMITS: XmlLimits = { bytes: 64 * 1024, depth: 8, elements: 500 };

/**
 * Reads one XML 1.0 document in UTF-8, well-formed to its end, without document type and processing instructions.
 * Never throws; reasons name the place, never what stands there.
 */
export function readXml(document: string | Uint8Array, limits: XmlLimits = LIMITS): ServiceAnswer {
  try {
    return { kind: 'answer', root: parse(decode(document, limits), limits) };
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Refusal ? error.message : 'the XML cannot be read' };
  }
}

class Refusal extends Error {}

function refuse(reason: string): never {
  throw new Refusal(reason);
}

function decode(document: string | Uint8Array, limits: XmlLimits): string {
  const bytes = typeof document === 'string' ? Buffer.from(document) : document;
  if (bytes.length > limits.bytes) refuse(`over ${limits.bytes} bytes`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('not UTF-8');
  }
}

interface Growing extends XmlElement {
  readonly children: Growing[];
  text: string;
}

function parse(text: string, limits: XmlLimits): XmlElement {
  const parser = new SaxesParser({ xmlns: false, forceXMLVersion: true, defaultXMLVersion: '1.0' });
  const open: Growing[] = [];
  let root: Growing | null = null;
  let elements = 0;

  parser.on('error', () => refuse(`not well-formed XML at line ${parser.line}, column ${parser.columnIndex}`));
  parser.on('doctype', () => refuse('a document type is not allowed'));
  parser.on('processinginstruction', () => refuse('processing instructions are not allowed'));
  parser.on('xmldecl', ({ encoding }) => {
    if (!agrees(encoding, text)) refuse('the declared encoding is not UTF-8');
  });
  parser.on('opentagstart', () => {
    elements += 1;
    if (elements > limits.elements) refuse(`over ${limits.elements} elements`);
    if (open.length >= limits.depth) refuse(`elements nested over ${limits.depth} deep`);
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Growing = { name, attributes, children: [], text: '' };
    root ??= element;
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  const addText = (part: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (element !== undefined) element.text = element.text.trim();
  });
  parser.write(text).close();
  return root ?? refuse('no root element');
}

/** Services that declare a one-byte encoding and send plain ASCII are right as well. */
function agrees(encoding: string | undefined, text: string): boolean {
  if (encoding === undefined || /^utf-?8$/i.test(encoding)) return true;
  // oxlint-disable-next-line no-control-regex
  return /^(?:us-ascii|iso-8859-|windows-125)/i.test(encoding) && /^[\0-\x7f]*$/.test(text);
}
