/** An IP address as a number of so many bits. An IPv4 address within IPv6 (`::ffff:10.0.0.1`) counts as IPv4. */
interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

interface Network extends Address {
  /** So many leading bits are the network's. */
  readonly prefix: number;
}

/** Whether the address lies in the network; false where either cannot be read. */
export function isInside(address: string, network: string): boolean {
  const inner = readAddress(address);
  const outer = readNetwork(network);
  if (inner === null || outer === null || inner.bits !== outer.bits) return false;
  return inner.value >> rest(outer) === outer.value >> rest(outer);
}

/** A network in its one spelling, for example `10.1.0.0/16`; `prefix` is null where none is written. */
export interface ReadNetwork {
  readonly canonical: string;
  readonly prefix: number;
  /** Whether bits behind the prefix are set, which belong to one address and not to a network. */
  readonly hasHostBits: boolean;
}

/** Reads CIDR, IPv4 or IPv6; an address alone is the network of itself. Null for anything else. */
export function networkOf(text: string): ReadNetwork | null {
  const network = readNetwork(text);
  if (network === null) return null;
  const value = (network.value >> rest(network)) << rest(network);
  const { bits, prefix } = network;
  return { canonical: `${written({ bits, value })}/${prefix}`, prefix, hasHostBits: value !== network.value };
}

function rest({ bits, prefix }: Network): bigint {
  return BigInt(bits - prefix);
}

function readNetwork(text: string): Network | null {
  const [, before = '', written] = /^([^/]*)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const address = readAddress(before);
  if (address === null) return null;
  // A prefix counts the bits as they are written, those of IPv4 within IPv6 included.
  const skipped = address.bits === 32 && before.includes(':') ? 96 : 0;
  const prefix = written === undefined ? address.bits : Number(written) - skipped;
  return prefix < 0 || prefix > address.bits ? null : { ...address, prefix };
}

function readAddress(text: string): Address | null {
  const value = text.includes(':') ? readIpv6(text) : readIpv4(text);
  if (value === null) return null;
  if (!text.includes(':')) return { bits: 32, value };
  return value >> 32n === 0xffffn ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value };
}

/** Four numbers without leading zeros, which some programs take for octal ones. */
function readIpv4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return null;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

/** Eight groups, `::` once in place of some that are 0; the last two may be written as IPv4. */
function readIpv6(text: string): bigint | null {
  const [, front = '', dotted] = /^([0-9a-f:]*:)(\d[\d.]*\.\d+)$/i.exec(text) ?? [];
  const four = dotted === undefined ? null : readIpv4(dotted);
  if (dotted !== undefined && four === null) return null;
  const plain = four === null ? text : `${front}${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}`;
  const halves = plain.split('::');
  if (halves.length > 2) return null;
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

/** RFC 5952: lower case, no leading zeros, `::` for the first of the longest runs of zeros. */
function written({ bits, value }: Address): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  const runs = [...groups.join(':').matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)];
  const longest = runs.reduce((best, [run]) => (run.length > best.length ? run : best), '');
  return longest === '' ? groups.join(':') : shortened(groups.join(':'), longest);
}

function shortened(text: string, run: string): string {
  const at = text.search(new RegExp(`(?<![0-9a-f])${run}(?![0-9a-f])`));
  return `${text.slice(0, at).replace(/:$/, '')}::${text.slice(at + run.length).replace(/^:/, '')}`;
}
