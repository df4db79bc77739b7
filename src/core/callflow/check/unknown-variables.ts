import { VERBS } from '../../blocks/index.ts';
import { CALL_MESSAGES, isSaid } from '../../call/call-messages.ts';
import { DOCUMENT_VARIABLES } from '../../call/document-variables.ts';
import { isLockMessage, LOCK_VALUES } from '../../call/lock-messages.ts';
import { CALL_VALUES, type CallValue } from '../../call/prompts.ts';
import { similar, suggestion } from '../similar.ts';
import { MASKED } from '../../verification/mask.ts';
import type { CallflowFile } from '../project.ts';
import { isMessage } from './misspelled-messages.ts';
import { namedVariables, variablesIn, type NamedVariable } from './named-variables.ts';
import type { Rule } from './rule.ts';
import { codeAt } from './spoken-code.ts';
import { wordedIn, type Worded } from './worded.ts';

/** What prompts name may have a value where they are spoken: nobody hears a sentence with a hole. */
export const unknownVariables: Rule = {
  code: 'CF309',
  severity: 'error',
  stage: 'sense',
  of: 'callflow',
  *check(file, project) {
    const told = new Set<string>();
    const isCode = codeAt(file, project);
    for (const variable of namedVariables(file, project)) {
      const { name, text, offset, end, known } = variable;
      const key = `${text.file.source.file} ${text.key} ${offset}`;
      if (known.has(name) || isCode(variable) || told.has(key)) continue;
      told.add(key);
      const mistyped = mistypedVariable(variable, text.written);
      yield {
        at: text.file.yaml.placeIn(text.path, offset - (mistyped === null ? 0 : 1), end),
        message: mistyped ?? reason(variable, file),
        fix: fixOf(variable, file),
      };
    }
  },
};

function reason({ name, node, known, method }: NamedVariable, file: CallflowFile): string {
  if (node === null) return `{${name}} has no value here: this prompt is spoken as it stands.`;
  if (isCallValue(name)) {
    if (method !== undefined && isMasked(name)) return `{${name}} is empty for ${method}.`;
    return `{${name}} is not known yet at "${node}": only after ${toldBy(name).join(' or ')}.`;
  }
  const setBy = [...file.callflow.blocks.values()].find(({ name: block, verb, body }) =>
    VERBS.get(verb)?.writes?.(body, { name: block, callflow: file.callflow }).includes(name),
  );
  if (setBy?.name === node) return `{${name}} is set by "${node}" itself, after this is spoken.`;
  return setBy === undefined
    ? `Nothing sets {${name}}.${suggestion(name, shown(known, file))}`
    : `{${name}} is set by "${setBy.name}", which does not come before "${node}".`;
}

function fixOf({ node, known, name }: NamedVariable, file: CallflowFile): string {
  if (node === null) return 'Write it without values.';
  const there = `Known at "${node}": ${braced(shown(known, file))}.`;
  return isCallValue(name)
    ? there
    : `${there} What another callflow or the start request hands in stands under \`inputs\`.`;
}

function isCallValue(name: string): name is CallValue {
  return CALL_VALUES.some((value) => value === name);
}

function isMasked(name: CallValue): boolean {
  return Object.values(MASKED)
    .flat()
    .some((value) => value === name);
}

/** The verbs that let the call know a value. */
function toldBy(value: CallValue): readonly string[] {
  return [...VERBS.values()]
    .filter(({ tells }) =>
      Object.values(tells ?? {})
        .flat()
        .includes(value),
    )
    .map(({ name }) => name);
}

/** Those that a designer would put into a sentence: the whole address or number is nobody else's business. */
function shown(known: ReadonlySet<string>, { callflow: { settings } }: CallflowFile): readonly string[] {
  const hidden = ['locale', settings['customer-email-variable'], settings['customer-phone-variable']];
  return [...known].filter((name) => !name.includes('_nbest') && !hidden.includes(name)).sort();
}

function braced(names: readonly string[]): string {
  return names.map((name) => `{${name}}`).join(', ');
}

/** A variable of the OTP-node reference that is not spelled as there: `${OPT}`. Null where it is none. */
function mistypedVariable({ name, offset }: Pick<NamedVariable, 'name' | 'offset'>, written: string): string | null {
  const near = written[offset - 1] === '$' ? similar(name, Object.keys(DOCUMENT_VARIABLES)) : undefined;
  return near === undefined ? null : `\${${name}} is no variable of messages. Did you mean "\${${near}}"?`;
}

const FIXED: Readonly<Record<Exclude<Worded['kind'], 'prompt' | 'message'>, readonly string[]>> = {
  'menu-item': ['option', 'key'],
  'zero-item': [],
};

const IN_MESSAGES = ['code', 'minutes', 'digits', 'destination'];

/** Mail servers log subjects, so the code is not in them. */
function knownIn({ kind, key }: Worded): readonly string[] {
  if (kind === 'message' && isSaid(key)) return CALL_MESSAGES[key];
  if (kind === 'message' && isLockMessage(key)) return LOCK_VALUES;
  if (kind === 'message') return IN_MESSAGES.filter((name) => key !== 'email-subject' || name !== 'code');
  return kind === 'prompt' ? [] : FIXED[kind];
}

function messageInWords(key: string): string {
  if (isSaid(key) || isLockMessage(key)) return `the message "${key}"`;
  return key === 'email-subject' ? 'a subject' : 'a message';
}

/** Messages and the sentences of menus are put together from fixed values. */
export const unknownInFixedTexts: Rule = {
  code: 'CF309',
  severity: 'error',
  stage: 'sense',
  of: 'prompts',
  *check(file) {
    for (const text of wordedIn(file)) {
      // What a message of no known name may hold is not known either.
      if (text.kind === 'prompt' || (text.kind === 'message' && !isMessage(text.key))) continue;
      const known = knownIn(text);
      for (const { name, offset, end } of variablesIn(text)) {
        if (known.includes(name)) continue;
        const what = text.kind === 'message' ? messageInWords(text.key) : text.kind;
        const mistyped = mistypedVariable({ name, offset }, text.written);
        yield {
          at: file.yaml.placeIn(text.path, offset - (mistyped === null ? 0 : 1), end),
          message: mistyped ?? `{${name}} has no value in ${what}.${suggestion(name, known)}`,
          fix: known.length === 0 ? 'Write it without values.' : `Known there: ${braced(known)}.`,
        };
      }
    }
  },
};
