import { similar } from '../similar.ts';

/** What people write who know other tools, and what it is called here; of several, the first that is known there. */
const CALLED: Readonly<Record<string, readonly string[]>> = {
  // keys of the telephone
  '#': ['hash'],
  '*': ['star'],
  asterisk: ['star'],
  hashtag: ['hash'],
  operator: ['0'],
  pound: ['hash'],
  sharp: ['hash'],
  zero: ['0'],
  one: ['1'],
  two: ['2'],
  three: ['3'],
  four: ['4'],
  five: ['5'],
  six: ['6'],
  seven: ['7'],
  eight: ['8'],
  nine: ['9'],
  // where the call goes
  default: ['otherwise'],
  else: ['otherwise'],
  'go-to': ['next', 'then'],
  goto: ['next', 'then'],
  next: ['then', 'otherwise'],
  target: ['next', 'then'],
  then: ['next'],
  to: ['next', 'then', 'dial'],
  cases: ['is'],
  values: ['is'],
  options: ['keys', 'paths'],
  outcomes: ['paths'],
  // verbs
  ask: ['collect', 'menu'],
  'call-flow': ['link'],
  check: ['verify-code'],
  gather: ['collect'],
  if: ['when'],
  input: ['collect'],
  message: ['say'],
  play: ['say'],
  prompt: ['say'],
  speak: ['say'],
  switch: ['when'],
  verify: ['verify-code'],
  // the rest
  count: ['most'],
  limit: ['most'],
  max: ['most'],
  maximum: ['most'],
  retries: ['most'],
  times: ['most'],
  tries: ['most'],
  disconnect: ['hang-up'],
  end: ['hang-up'],
  number: ['dial'],
  phone: ['dial'],
  transfer: ['dial'],
  return: ['returns'],
  length: ['digits'],
  variable: ['save-as'],
  save: ['save-as'],
  store: ['save-as'],
  timeout: ['wait'],
  name: ['callflow'],
  begin: ['start'],
  first: ['start'],
  nodes: ['blocks'],
  states: ['blocks'],
  steps: ['blocks'],
  url: ['production'],
};

/** The known name that was probably meant, or undefined when none was. */
export function meantBy(written: string, known: readonly string[]): string | undefined {
  const plain = written
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  if (known.includes(plain)) return plain;
  const called = Object.hasOwn(CALLED, plain) ? CALLED[plain] : undefined;
  return called?.find((name) => known.includes(name)) ?? similar(plain, known);
}
