/** The names of the environment that callflows may use as `"${NAME}"`, besides any that starts with CALLFLOW_. */
export const CALLFLOW_VARIABLES: readonly string[] = [
  'AGENT_NUMBER',
  'CONTACT_METHODS_URL',
  'CONTACT_METHODS_TEST_URL',
  'SEND_CODE_URL',
  'SEND_CODE_TEST_URL',
  'VERIFY_CODE_URL',
  'VERIFY_CODE_TEST_URL',
];

export function mayUse(name: string): boolean {
  return CALLFLOW_VARIABLES.includes(name) || name.startsWith('CALLFLOW_');
}

/** The names that a text refers to as `${NAME}`. */
export function referencesIn(text: string): readonly string[] {
  return [...text.matchAll(/\$\{([^}]*)\}/g)].map((match) => match[1] ?? '');
}

/** The text with every `${NAME}` replaced; an unset name becomes empty. */
export function substitute(text: string, environment: Readonly<Record<string, string | undefined>>): string {
  return text.replaceAll(/\$\{([^}]*)\}/g, (_whole, name: string) => (mayUse(name) ? (environment[name] ?? '') : ''));
}
