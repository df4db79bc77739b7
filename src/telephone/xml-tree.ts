import { SaxesParser } from 'saxes';

export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlNode | string)[];
}

/** Reads a well-formed document without DOCTYPE or processing instructions. @throws Error with what is wrong */
export function readXml(text: string): XmlNode {
  const parser = new SaxesParser<{ xmlns: false }>({ xmlns: false });
  const open: { name: string; attributes: Record<string, string>; children: (XmlNode | string)[] }[] = [];
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
  parser.on('opentag', ({ name, attributes }) => {
    const node = { name, attributes, children: [] };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  const addText = (part: string): void => {
    open.at(-1)?.children.push(part);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    root = open.pop();
  });
  parser.write(text).close();
  if (root === undefined) throw new Error('it is empty');
  return root;
}
