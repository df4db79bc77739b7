import { readXml, type XmlNode } from '../../telephone/xml-tree.ts';
import { translationInvalid } from './translation-invalid.ts';
import { nameOfUnit, type Returned, type ReturnedUnit, type Translation, type Unit, type UnitName } from './unit.ts';

/**
 * XLIFF 1.2, the version that all translators' tools read: a `file` for each prompt file, a `trans-unit` for each text.
 * Texts are ICU MessageFormat as they are written in the prompt files.
 * @throws DialproofError `translation-invalid` for a text with a character that XML does not know
 */
export function writeXliff({ from, to, units }: Translation): string {
  const illegal = units.filter(({ source, target }) => NO_XML.test(source + target));
  if (illegal.length > 0)
    throw translationInvalid(
      illegal.map((unit) => `${nameOfUnit(unit)} holds a control character, which XLIFF cannot; export CSV instead`),
    );
  const files = [...new Set(units.map(({ callflow }) => callflow))];
  const lines = files.flatMap((callflow) => [
    `  <file original="${escaped(callflow)}" datatype="plaintext" source-language="${escaped(from)}" target-language="${escaped(to)}">`,
    '    <body>',
    ...units.filter((unit) => unit.callflow === callflow).flatMap(unitLines),
    '    </body>',
    '  </file>',
  ]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">',
    ...lines,
    '</xliff>',
    '',
  ].join('\n');
}

function unitLines({ source, target, audio, note, ...name }: Unit): readonly string[] {
  const notes = [note, audio === '' ? '' : `Recording: ${audio}`].filter((each) => each !== '');
  return [
    `      <trans-unit id="${escaped(idOf(name))}" xml:space="preserve">`,
    `        <source>${escaped(source)}</source>`,
    ...(target === '' ? [] : [`        <target>${escaped(target)}</target>`]),
    ...notes.map((each) => `        <note>${escaped(each)}</note>`),
    '      </trans-unit>',
  ];
}

/** Reads what a translators' tool has made of the file. @throws DialproofError `translation-invalid` */
export function readXliff(text: string): Returned {
  const root = parsed(text);
  const version = root.attributes['version'] ?? '';
  if (root.name !== 'xliff' || !version.startsWith('1.'))
    throw translationInvalid([
      root.name === 'xliff'
        ? `it is XLIFF ${version}; save it as XLIFF 1.2`
        : `it is no XLIFF: its root is <${root.name}>`,
    ]);
  const files = childrenOf(root, 'file');
  const problems: string[] = [];
  const units = files.flatMap((file) => {
    const callflow = file.attributes['original'] ?? '';
    return transUnits(file).map((unit) => readUnit(unit, callflow, problems));
  });
  if (problems.length > 0) throw translationInvalid(problems);
  return { from: languageOf(files, 'source-language'), to: languageOf(files, 'target-language'), units };
}

function parsed(text: string): XmlNode {
  try {
    return readXml(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
    throw translationInvalid([`it is not well-formed XML: ${reason}`]);
  }
}

/** One language for all files; none where they differ. */
function languageOf(files: readonly XmlNode[], attribute: string): string {
  const [language = '', ...others] = new Set(files.map((file) => file.attributes[attribute] ?? ''));
  return others.length > 0 ? '' : language;
}

/** Tools put texts into groups as they like. */
function transUnits(node: XmlNode): readonly XmlNode[] {
  return node.children.flatMap((child) => {
    if (typeof child === 'string') return [];
    if (child.name === 'trans-unit') return [child];
    return child.name === 'body' || child.name === 'group' ? transUnits(child) : [];
  });
}

function readUnit(unit: XmlNode, callflow: string, problems: string[]): ReturnedUnit {
  const id = unit.attributes['id'] ?? '';
  const at = `trans-unit "${id}" of "${callflow}"`;
  const [kind = '', prompt = '', variant = null, ...rest] = id.split('/');
  const text = (name: 'source' | 'target'): string => {
    const [found] = childrenOf(unit, name);
    return found === undefined ? '' : textOf(found, (inside) => problems.push(`${at}: its ${name} holds <${inside}>`));
  };
  return {
    callflow,
    // One that is none makes the name of a text that the project does not have.
    kind: kind as UnitName['kind'],
    prompt: [prompt, ...rest].join('/'),
    variant,
    source: text('source'),
    target: text('target'),
    at,
  };
}

/** `mrk` marks a part of the text and adds nothing to it; other elements stand for something that was never exported. */
function textOf(node: XmlNode, refuse: (element: string) => unknown): string {
  return node.children
    .map((child) => {
      if (typeof child === 'string') return child;
      if (child.name !== 'mrk') refuse(child.name);
      return textOf(child, refuse);
    })
    .join('');
}

function childrenOf(node: XmlNode, name: string): readonly XmlNode[] {
  return node.children.filter((child) => typeof child !== 'string' && child.name === name) as readonly XmlNode[];
}

function idOf({ kind, prompt, variant }: Omit<UnitName, 'callflow'>): string {
  return [kind, prompt, ...(variant === null ? [] : [variant])].join('/');
}

/** What XML 1.0 has no way to write. */
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

function escaped(text: string): string {
  // A carriage return that is written as it is comes back as a line feed.
  return text.replaceAll(/[&<>"\r]/g, (character) => REFERENCES[character] ?? character);
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};
