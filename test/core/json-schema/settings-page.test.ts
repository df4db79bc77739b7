import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { collect } from '../../../src/core/blocks/collect.ts';
import { SCHEMAS, type SchemaName } from '../../../src/core/json-schema/index.ts';
import type { JsonSchema } from '../../../src/core/json-schema/json-schema.ts';

function file(name: SchemaName): JsonSchema {
  return JSON.parse(readFileSync(`schema/${name}.schema.json`, 'utf8')) as JsonSchema;
}

const { then: using = {}, else: whole = {} } = file('callflow');

/** Both kinds of callflow files: with blocks of their own, and with settings only. */
const KINDS = [
  ['with blocks', whole],
  ['with settings only', using],
] as const;

/** What an editor shows beside the key at `services.*.timeout`. */
function shownAt(kind: JsonSchema, path: string): string {
  const schema = path.split('.').reduce<JsonSchema | undefined>((inner, key) => {
    if (key !== '*') return inner?.properties?.[key];
    return inner?.additionalProperties === false ? undefined : inner?.additionalProperties;
  }, kind);
  return schema?.description?.replaceAll('\n\n', ' | ') ?? 'there is no such key';
}

const AGENT = 'Default: the exit agent, else error.';

/** Every line of the reference document's settings page: where it is set, its label, and what is said besides. */
const PAGE: readonly (readonly [id: string, path: string, label: string, facts: string])[] = [
  ['G48', 'settings.customer-email-variable', 'Variable Name for Customer Email Address', 'Default: CustomerEmail.'],
  ['G49', 'settings.customer-phone-variable', 'Variable Name for Customer Phone Number', 'Default: CustomerPhone.'],
  ['G50, G55', 'settings.no-method', 'Behaviour if No Verified Contact Method Available', AGENT],
  [
    'G51',
    'settings.limits.sends.most',
    'Maximum Attempts at Sending an Authentication Code',
    'Default: 3. Possible: 0 to 10.',
  ],
  ['G52, G55', 'settings.limits.sends.then', 'Behaviour After Exceeding Maximum Code Send Attempts', AGENT],
  [
    'G53',
    'settings.limits.attempts-per-code.most',
    'Maximum Attempts at Verifying an Authentication Code',
    'Default: 3. Possible: 0 to 10.',
  ],
  [
    'G54, G55',
    'settings.limits.attempts-per-code.then',
    'Behaviour After Exceeding Maximum Code Verification Attempts',
    AGENT,
  ],
  ['G56', 'settings.skip', 'Skip Options', 'Default: already-verified.'],
  ['G57', 'settings.code.made-by', 'Select an option for the code generation', 'Default: internal.'],
  [
    'G58',
    'settings.code.authenticator-name',
    'Prompt Wording',
    'Default: Google Authenticator. Possible: up to 64 characters.',
  ],
  ['G59, G64', 'services.*.production', 'Web Service details', 'URL for production calls.'],
  ['G59, G64', 'services.*.test', 'Web Service details', 'URL for test calls: those to one of TEST_NUMBERS.'],
  [
    'G61',
    'services.*.timeout',
    'Web Service Timeout (milliseconds)',
    'Default: 3s. Possible: 100ms to 15s, with its unit (ms, s, m, h).',
  ],
  ['G62', 'settings.code.digits', 'Number of digits for the Generated Code', 'Default: 6. Possible: 4 to 10.'],
  [
    'G65',
    'settings.code.lasts',
    'Internal Code Expiration Time (minutes)',
    'Default: 5m. Possible: 30s to 1h, with its unit (ms, s, m, h).',
  ],
  ['G66', 'settings.messages.email.from', "Email Address 'From'", 'One mailbox; needed to send email.'],
  [
    'G67',
    'settings.messages.email.subject',
    'Email Subject',
    'Needed to send email, unless each language has `email-subject`. | Possible: up to 200 characters.',
  ],
  ['G68', 'settings.messages.sms.from', "SMS Number 'From'", 'Needed to send text messages.'],
];

describe.each(KINDS)('the settings page of the reference document, in a callflow %s', (_kind, kind) => {
  it.each(PAGE)('%s: %s, with its label, default, bounds and unit in an editor', (_id, path, label, facts) => {
    const shown = shownAt(kind, path);
    expect(shown.slice(0, label.length + 4)).toBe(`"${label}" |`.padEnd(label.length + 4));
    expect(shown.slice(-facts.length)).toBe(facts);
  });

  it('G60: the three services of external codes are named', () => {
    const shown = shownAt(kind, 'services');
    for (const service of ['Check Verified Contact Methods', 'Send Authentication Code', 'Code Authentication'])
      expect(shown).toContain(service);
  });
});

describe('the settings page of the reference document', () => {
  it('G63: the length of a code that another system makes is set in the block that collects it', () => {
    const { properties } = z.toJSONSchema(collect.schema, { io: 'input' }) as JsonSchema;
    const description = properties?.['digits']?.description;
    expect(description).toContain('Codes that another system makes have a number here.');
  });

  it('is held whole: every line of it is here', () => {
    const named = [...PAGE.flatMap(([ids]) => ids.split(', ')), 'G60', 'G63'];
    const ids = Array.from({ length: 21 }, (_, index) => `G${48 + index}`);
    expect([...new Set(named)].toSorted()).toEqual(ids);
  });
});

describe('editors say what every key is', () => {
  it.each(Object.keys(SCHEMAS) as SchemaName[])('%s', (name) => {
    expect(undescribed(file(name))).toEqual([]);
  });
});

/** Keys without a description, by their path. */
function undescribed(schema: JsonSchema, at: readonly string[] = []): readonly string[] {
  const {
    properties = {},
    additionalProperties,
    patternProperties = {},
    items,
    then: yes,
    else: no,
    anyOf = [],
  } = schema;
  return [
    ...Object.entries(properties).flatMap(([key, inner]) => [
      ...(inner.description === undefined ? [[...at, key].join('.')] : []),
      ...undescribed(inner, [...at, key]),
    ]),
    ...(typeof additionalProperties === 'object' ? undescribed(additionalProperties, [...at, '*']) : []),
    ...[...Object.values(patternProperties), ...anyOf, items, yes, no].flatMap((inner) =>
      inner === undefined ? [] : undescribed(inner, at),
    ),
  ];
}
