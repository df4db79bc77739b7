/** The beginning of a text, for a message: one line, and not more of it than is needed to find it. */
export function excerpt(text: string): string {
  const [line = ''] = text.trim().split(/\r?\n/);
  return line.length > 60 ? `${line.slice(0, 59).trimEnd()}…` : line;
}

/** A text as it is written between quotes in YAML. */
export function inQuotes(text: string): string {
  const whole = excerpt(text);
  if (!/["\\]/.test(whole)) return `"${whole}"`;
  return `'${whole.replaceAll("'", "''")}'`;
}
