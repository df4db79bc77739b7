import { SaxesParser } from 'saxes';

export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlNode | string)[];
  /** The comment right before it, trimmed. */
  readonly comment?: string;
}

/** Reads a well-formed document without DOCTYPE or processing instructions. @throws Error with what is wrong */
export function readXml(text: string): XmlNode {
  const parser = new SaxesParser<{ xmlns: false }>({ xmlns: false });
  const open: (XmlNode & { readonly children: (XmlNode | string)[] })[] = [];
  let comment: string | undefined;
  let root: XmlNode | undefined;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('it has a DOCTYPE');
  });
  parser.on('processinginstruction', () => {
    throw new Error('it has a processing instruction');
  });
  parser.on('comment', (text) => {
    comment = text.trim();
  });
  parser.on('opentag', ({ name, attributes }) => {
    const node = { name, attributes, children: [], ...(comment === undefined ? {} : { comment }) };
    comment = undefined;
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  const addText = (part: string): void => {
    open.at(-1)?.children.push(part);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    comment = undefined;
    root = open.pop();
  });
  parser.write(text).close();
  if (root === undefined) throw new Error('it is empty');
  return root;
}
