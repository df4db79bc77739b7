/** An entry of SERVICE_HOSTS, `host` or `host:port`, as `host` or `host port` in undici's spelling; null where it is none. */
export function spelledHost(entry: string): string | null {
  const [, host, port] = /^(\[[^\]]+\]|[^:/?#@*\s]+)(?::(\d{1,5}))?$/.exec(entry.trim()) ?? [];
  if (host === undefined || !URL.canParse(`http://${host}`)) return null;
  const hostname = new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '');
  return port === undefined ? hostname : `${hostname} ${port}`;
}
