import type { CallflowFile } from '../project.ts';

/** The same for the same file: what many rules ask for is made once. */
export function perFile<T>(make: (file: CallflowFile) => T): (file: CallflowFile) => T {
  const made = new WeakMap<CallflowFile, { readonly value: T }>();
  return (file) => {
    const known = made.get(file) ?? { value: make(file) };
    made.set(file, known);
    return known.value;
  };
}
