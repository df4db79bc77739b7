import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Half the Internet is no network that anybody could be told by. */
export const LEAST_PREFIX = 8;

/** Whether the address lies in the network; false where either cannot be read. */
export function isInside(address: string, network: string): boolean {
  const inner = addressOf(address);
  const outer = rangeOf(network);
  if (inner === null || outer === null || inner.kind() !== outer.address.kind()) return false;
  return inner.match(outer.address, outer.prefix);
}

/** A network in its one spelling, for example `10.1.0.0/16`. */
export interface ReadNetwork {
  readonly canonical: string;
  readonly prefix: number;
  /** Whether bits behind the prefix are set, which belong to one address and not to a network. */
  readonly hasHostBits: boolean;
}

/** Reads CIDR, IPv4 or IPv6; an address alone is the network of itself. Null for anything else. */
export function networkOf(text: string): ReadNetwork | null {
  const range = rangeOf(text);
  if (range === null) return null;
  const { address, prefix } = range;
  const written = `${address.toString()}/${prefix}`;
  const network =
    address.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(written)
      : ipaddr.IPv6.networkAddressFromCIDR(written);
  const canonical = `${network.toString()}/${prefix}`;
  return { canonical, prefix, hasHostBits: canonical !== written };
}

function rangeOf(text: string): { readonly address: Address; readonly prefix: number } | null {
  const [, before = '', written] = /^([^/]*)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const address = addressOf(before);
  if (address === null) return null;
  const bits = address.kind() === 'ipv4' ? 32 : 128;
  // A prefix counts the bits as they are written, those of IPv4 within IPv6 included.
  const skipped = bits === 32 && before.includes(':') ? 96 : 0;
  const prefix = written === undefined ? bits : Number(written) - skipped;
  return prefix < 0 || prefix > bits ? null : { address, prefix };
}

/** An IPv4 address within IPv6 (`::ffff:10.0.0.1`) is IPv4. Leading zeros, which some programs take for octal, are none. */
function addressOf(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (!ipaddr.IPv6.isValid(text) || text.includes('%')) return null;
  return ipaddr.process(text);
}
