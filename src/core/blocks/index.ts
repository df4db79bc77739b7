/** THE list of verbs: the schema, the compiler, the checker and the documentation follow from it. */
import { chooseMethod } from './choose-method.ts';
import { collect } from './collect.ts';
import { findMethods } from './find-methods.ts';
import { link } from './link.ts';
import { menu } from './menu.ts';
import { say } from './say.ts';
import { sendCode } from './send-code.ts';
import { service } from './service.ts';
import { set } from './set.ts';
import { verifyCode } from './verify-code.ts';
import { when } from './when.ts';
import type { Verb } from './verb.ts';

/** A verb whose body only its own schema has read: the loader guarantees the pairing. */
export type AnyVerb = Verb;

const LIST: readonly AnyVerb[] = [
  say,
  menu,
  collect,
  findMethods,
  chooseMethod,
  sendCode,
  verifyCode,
  service,
  when,
  set,
  link,
];

export const VERBS: ReadonlyMap<string, AnyVerb> = new Map(LIST.map((verb) => [verb.name, verb]));
