/** What no XML document may hold, not even escaped: control characters, halves of surrogate pairs, two others. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\0-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu;

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

type Attributes = Readonly<Record<string, string | number>>;

/** An element with text or elements in it, indented by so many levels. */
export function element(name: string, attributes: Attributes, content: string | readonly string[] = []): string {
  const start = `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(String(value), /[&<>"\t\n\r]/g)}"`)
    .join('')}`;
  if (typeof content === 'string') return `${start}>${escaped(content, /[&<>\r]/g)}</${name}>`;
  return content.length === 0 ? `${start}/>` : `${start}>\n${content.join('\n')}\n</${name}>`;
}

function escaped(text: string, signs: RegExp): string {
  return text.replaceAll(FORBIDDEN, '\uFFFD').replaceAll(signs, (sign) => SIGNS[sign] ?? sign);
}
