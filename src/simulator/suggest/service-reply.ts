import type { CallService } from '../../core/call/tasks.ts';
import { OTHER } from '../reach/watched.ts';

type Fixture = { readonly status: string } | { readonly reply: string };

/** How a service answers so that a path is taken: by its status alone, or by a document where a value matters. */
export function replyOf(
  status: string,
  variables: Readonly<Record<string, string>>,
  { receive }: Pick<CallService, 'receive'>,
): Fixture {
  if (Object.values(variables).every((value) => value === OTHER)) return { status };
  const [root = 'answer'] = Object.values(receive).map((place) => place.split('/')[0]);
  const parts = Object.entries(receive).map(([name, place]) =>
    nested(place.split('/').slice(1), variables[name] ?? ''),
  );
  return { reply: `<${root}><status>${escaped(status)}</status>${parts.join('')}</${root}>` };
}

function nested([first, ...rest]: readonly string[], value: string): string {
  if (first === undefined) return escaped(value);
  // As an attribute of the element around it: no other value stands there.
  if (rest[0]?.startsWith('@') === true) return `<${first} ${rest[0].slice(1)}="${escaped(value)}"/>`;
  return `<${first}>${nested(rest, value)}</${first}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
