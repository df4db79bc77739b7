import { readXml } from '../../adapters/web-service/xml-reader.ts';

/** Parameters of a request by name; null where the body cannot be read. One that is given twice counts as absent. */
export type Fields = ReadonlyMap<string, string>;

/** Reads a body as what it says it is: XML, whose root may have any name, JSON, or a form. */
export function fieldsOf(body: string, contentType: string): Fields | null {
  const [type = ''] = contentType.split(';');
  switch (type.trim().toLowerCase()) {
    case 'application/xml':
    case 'text/xml':
      return ofXml(body);
    case 'application/json':
      return ofJson(body);
    case 'application/x-www-form-urlencoded':
      return once([...new URLSearchParams(body)]);
    default:
      return null;
  }
}

function ofXml(body: string): Fields | null {
  const answer = readXml(body);
  if (answer.kind !== 'answer') return null;
  return once(answer.root.children.map(({ name, text }) => [name, text]));
}

function ofJson(body: string): Fields | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return once(Object.entries(value).map(([name, each]: [string, unknown]) => [name, textOf(each)]));
}

/** Empty for what is no text, and for a number that JSON does not keep digit by digit: it would be that of another account. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Number.isSafeInteger(value) || (typeof value === 'object' && value !== null)) return JSON.stringify(value);
  return '';
}

function once(entries: readonly (readonly [name: string, value: string])[]): Fields {
  const counts = new Map<string, number>();
  for (const [name] of entries) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map(entries.filter(([name]) => counts.get(name) === 1));
}
