import { DialproofError } from '../../core/errors.ts';

export interface SmsSlots {
  readonly to: string;
  readonly from: string;
  readonly text: string;
  readonly report: string;
}

export type Escape = (value: string) => string;

const SLOT = /\{\{([^{}]*)\}\}/g;
const NAMES: readonly string[] = ['to', 'from', 'text', 'report'] satisfies (keyof SmsSlots)[];

/** Fills the slots of a template, each value escaped; a value that looks like a slot stays what it is. */
export function fill(template: string, slots: SmsSlots, escape: Escape): string {
  return template.replace(SLOT, (slot, name) =>
    isSlot(name) ? escape(slots[name].replace(LONE_SURROGATES, '\u{fffd}')) : slot,
  );
}

/** Throws `settings-invalid` when the template names a slot that does not exist. */
export function checkSlots(setting: string, template: string): void {
  for (const [slot, name] of template.matchAll(SLOT)) {
    if (name === undefined || isSlot(name)) continue;
    throw new DialproofError('settings-invalid', `${setting} holds ${slot}, which nothing fills.`, {
      fix: `Use ${NAMES.map((each) => `{{${each}}}`).join(', ')}, spelled exactly like that.`,
    });
  }
}

/** For a path segment or a query value. */
export const forUrl: Escape = encodeURIComponent;

/** How values are escaped inside a body of this content type; as they are where the type is none of JSON, XML and form. */
export function escapeFor(contentType: string): Escape {
  const type = contentType.replace(/;.*/s, '').trim().toLowerCase();
  if (/^application\/(?:.+\+)?json$/.test(type)) return forJson;
  if (/^(?:application|text)\/(?:.+\+)?xml$/.test(type)) return forXml;
  if (type === 'application/x-www-form-urlencoded') return forUrl;
  return (value) => value;
}

/** For the inside of a JSON string. */
export const forJson: Escape = (value) => JSON.stringify(value).slice(1, -1);

const XML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** For XML text and attribute values; characters that XML 1.0 does not allow are left out. */
const forXml: Escape = (value) =>
  value.replace(NOT_IN_XML, '').replace(/[&<>"']/g, (character) => XML_ENTITIES[character] ?? '');

// oxlint-disable-next-line no-control-regex
const NOT_IN_XML = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
const LONE_SURROGATES = /\p{Surrogate}/gu;

function isSlot(name: string): name is keyof SmsSlots {
  return NAMES.includes(name);
}
