import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInside, networkOf } from '../../../src/core/sign-in/network.ts';

describe('a network', () => {
  it.each([
    ['10.1.0.0/16', '10.1.0.0/16'],
    ['192.0.2.7', '192.0.2.7/32'],
    ['2001:DB8:0:0:0:0:0:0/32', '2001:db8::/32'],
    ['2001:db8:0:1:0:0:0:1', '2001:db8:0:1::1/128'],
    ['::1', '::1/128'],
    ['fe80::', 'fe80::/128'],
    ['1:0:0:2:0:0:0:10', '1:0:0:2::10/128'],
    ['1:0:0:2:0:0:3:4', '1::2:0:0:3:4/128'],
    ['10:0:0:1:2:3:4:5', '10::1:2:3:4:5/128'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8/128'],
    ['::ffff:10.1.0.0/112', '10.1.0.0/16'],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201/128'],
  ])('%s is written %s', (written, canonical) => {
    expect(networkOf(written)).toMatchObject({ canonical, hasHostBits: false });
  });

  it('tells bits that belong to one address only', () => {
    expect(networkOf('10.1.2.3/16')).toEqual({ canonical: '10.1.0.0/16', prefix: 16, hasHostBits: true });
  });

  it.each([
    '',
    '10.1/16',
    '10.1.0.0/33',
    '10.1.0.0/016',
    '10.1.0.0/',
    '10.1.0.0/-1',
    '10.01.0.0/16',
    '256.0.0.1',
    '1.2.3.4.5',
    ' 10.0.0.1',
    '10.0.0.1\n',
    '0x0a.0.0.1',
    '::1::',
    ':::',
    ':1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4::5:6:7:8',
    '12345::',
    'fe80::1%eth0',
    '[::1]',
    '::ffff:10.1.0.0/16',
    '::10.0.0.256',
    'localhost',
  ])('%j is none, and nobody is inside', (text) => {
    expect(networkOf(text)).toBeNull();
    expect(isInside('10.1.0.1', text)).toBe(false);
    expect(isInside(text, '10.0.0.0/8')).toBe(false);
  });
});

describe('an address', () => {
  it.each([
    ['10.1.255.255', '10.1.0.0/16', true],
    ['10.2.0.0', '10.1.0.0/16', false],
    ['::ffff:10.1.2.3', '10.1.0.0/16', true],
    ['::ffff:a01:203', '10.1.0.0/16', true],
    ['10.1.2.3', '::ffff:10.1.0.0/112', true],
    ['2001:db8:ffff::1', '2001:db8::/32', true],
    ['2001:db9::', '2001:db8::/32', false],
    ['::a01:203', '10.1.0.0/16', false],
    ['10.1.2.3', '::/0', false],
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '0.0.0.0/0', true],
  ])('%s in %s: %s', (address, network, inside) => {
    expect(isInside(address, network)).toBe(inside);
  });

  const octets = fc.array(fc.nat(255), { minLength: 4, maxLength: 4 });
  const groups = fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 });

  it('is inside a network exactly when their first bits are the same', () => {
    const bits = (parts: readonly number[], width: number): string =>
      parts.map((part) => part.toString(2).padStart(width, '0')).join('');
    fc.assert(
      fc.property(octets, octets, fc.nat(32), (one, other, prefix) => {
        const same = bits(one, 8).slice(0, prefix) === bits(other, 8).slice(0, prefix);
        expect(isInside(one.join('.'), `${other.join('.')}/${prefix}`)).toBe(same);
        expect(isInside(`::ffff:${one.join('.')}`, `${other.join('.')}/${prefix}`)).toBe(same);
      }),
    );
    const hex = (parts: readonly number[]): string => parts.map((part) => part.toString(16)).join(':');
    fc.assert(
      fc.property(groups, groups, fc.nat(128), (one, other, prefix) => {
        fc.pre(one[5] !== 0xffff && other[5] !== 0xffff);
        const same = bits(one, 16).slice(0, prefix) === bits(other, 16).slice(0, prefix);
        expect(isInside(hex(one), `${hex(other)}/${prefix}`)).toBe(same);
      }),
    );
  });

  it('has one spelling, which reads back the same', () => {
    const sparse = fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(sparse, (parts) => {
        const long = parts.map((part) => part.toString(16).padStart(4, '0')).join(':');
        const short = networkOf(long)?.canonical ?? '';
        expect(networkOf(short)?.canonical).toBe(short);
        expect(isInside(long, short)).toBe(true);
        if (!short.includes('.')) expect(new URL(`http://[${long}]`).hostname).toBe(`[${short.slice(0, -4)}]`);
      }),
    );
  });

  it('is inside nothing when it is any other text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (address, network) => {
        fc.pre(networkOf(address) === null || networkOf(network) === null);
        expect(isInside(address, network)).toBe(false);
      }),
    );
  });
});
