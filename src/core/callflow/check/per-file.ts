/** The same for the same file: what many rules ask for is made once. The rest is the file's own, its project for one. */
export function perFile<File extends object, Rest extends readonly unknown[], T>(
  make: (file: File, ...rest: Rest) => T,
): (file: File, ...rest: Rest) => T {
  const made = new WeakMap<File, { readonly value: T }>();
  return (file, ...rest) => {
    const known = made.get(file) ?? { value: make(file, ...rest) };
    made.set(file, known);
    return known.value;
  };
}
