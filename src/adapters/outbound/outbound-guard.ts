import { lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';
import { DialproofError } from '../../core/errors.ts';
import { spelledHost } from './listed-host.ts';

/** Code of the error with which the guard refuses a connection. */
export const HOST_REFUSED = 'HOST_REFUSED';
export const NOT_PUBLIC = 'the host is neither public nor on SERVICE_HOSTS';

/**
 * Makes undici's connector for requests whose URL comes from a callflow or a setting: hosts on the list may be
 * anywhere, all others only at public unicast addresses, so that no URL reaches into our own network (SSRF).
 * `hosts` are `host` (any port) or `host:port`; `timeout` (milliseconds) is for the connection alone.
 */
export function createGuardedConnector(options: {
  readonly hosts: readonly string[];
  readonly timeout: number;
}): buildConnector.connector {
  const listed = new Set(options.hosts.map(readHost));
  const open = buildConnector({ timeout: options.timeout });
  const guarded = buildConnector({ timeout: options.timeout, lookup: publicOnly });
  return (target, callback) => {
    const port = target.port || (target.protocol === 'https:' ? '443' : '80');
    if (listed.has(target.hostname) || listed.has(`${target.hostname} ${port}`)) open(target, callback);
    // Node looks names up, but connects to an address in the URL without asking `lookup`.
    else if (isIP(target.hostname) !== 0 && !isPublic(target.hostname)) queueMicrotask(() => callback(refusal(), null));
    else guarded(target, callback);
  };
}

/** The URL when it is http or https and carries no user name or password; null otherwise. */
export function readHttpUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:';
  return isHttp && url.username === '' && url.password === '' ? url : null;
}

/** One unpublic address among several is enough to refuse: which of them would be dialled is not ours to say. */
const publicOnly: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error !== null) callback(error, '');
    else if (first === undefined || !addresses.every(({ address }) => isPublic(address))) callback(refusal(), '');
    else if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** Public by its number, and yet inside: Azure's agent answers every virtual machine there, with its secrets. */
const AZURE_AGENT = '168.63.129.16';

/** Whether an IP address is unicast in the public internet, IPv4 inside IPv6 looked through. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  if (ip.toString() === AZURE_AGENT) return false;
  // Outside 2000::/3 lie forms that carry an IPv4 address, such as ::127.0.0.1, which have no range name of their own.
  return ip.range() === 'unicast' && (ip.kind() === 'ipv4' || ip.match(GLOBAL_UNICAST));
}

function refusal(): Error {
  return Object.assign(new Error(NOT_PUBLIC), { code: HOST_REFUSED });
}

function readHost(entry: string): string {
  const host = spelledHost(entry);
  if (host !== null) return host;
  throw new DialproofError('settings-invalid', `"${entry}" on the list of allowed hosts is not a host.`, {
    fix: 'Write SERVICE_HOSTS as host or host:port, separated by commas, for example "intranet.example, 10.0.0.5:8080, [::1]:8080".',
  });
}
