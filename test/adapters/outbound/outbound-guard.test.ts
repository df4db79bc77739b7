import { describe, expect, it } from 'vitest';
import { createOutbound, type Exchange } from '../../../src/adapters/outbound/outbound.ts';
import { isPublic, readHttpUrl } from '../../../src/adapters/outbound/outbound-guard.ts';
import { DialproofError } from '../../../src/core/errors.ts';
import { listenHttp } from '../loopback.ts';

const REFUSED = 'the host is neither public nor on SERVICE_HOSTS';

const get = (url: string, hosts: readonly string[]): Promise<Exchange> =>
  createOutbound(hosts).exchange({ method: 'GET', url: new URL(url), headers: {}, body: null, timeout: 2_000 });

describe('the outbound guard', () => {
  it.each([
    ['loopback', 'http://127.0.0.1:PORT/'],
    ['loopback of another number', 'http://127.9.9.9:PORT/'],
    ['any address', 'http://0.0.0.0:PORT/'],
    ['IPv6 loopback', 'http://[::1]:PORT/'],
    ['IPv6 any address', 'http://[::]:PORT/'],
    ['IPv4 loopback mapped into IPv6', 'http://[::ffff:127.0.0.1]:PORT/'],
    ['the same in hexadecimal', 'http://[::ffff:7f00:1]:PORT/'],
    ['IPv4-compatible IPv6', 'http://[::127.0.0.1]:PORT/'],
    ['a number', 'http://2130706433:PORT/'],
    ['an octal number', 'http://0177.0.0.1:PORT/'],
    ['a hexadecimal number', 'http://0x7f000001:PORT/'],
    ['a shortened address', 'http://127.1:PORT/'],
    ['full-width digits', 'http://１２７.0.0.1:PORT/'],
    ['localhost', 'http://localhost:PORT/'],
    ['LOCALHOST', 'http://LOCALHOST:PORT/'],
    ['metadata service of clouds', 'http://169.254.169.254/latest/meta-data/'],
    ['the machine agent of Azure', 'http://168.63.129.16:PORT/machine'],
    ['the same mapped into IPv6', 'http://[::ffff:168.63.129.16]:PORT/'],
    ['the metadata service of Alibaba', 'http://100.100.100.200/latest/meta-data/'],
    ['the metadata service of Oracle', 'http://192.0.0.192/opc/v2/'],
    ['private 10/8', 'http://10.1.2.3:PORT/'],
    ['private 172.16/12', 'http://172.16.0.1:PORT/'],
    ['private 192.168/16', 'http://192.168.1.1:PORT/'],
    ['carrier-grade NAT', 'http://100.64.0.1:PORT/'],
    ['IPv6 link-local', 'http://[fe80::1]:PORT/'],
    ['IPv6 unique local', 'http://[fd00::1]:PORT/'],
    ['https to loopback', 'https://127.0.0.1:PORT/'],
  ])('does not connect to %s', async (_what, template) => {
    let reached = 0;
    const port = await listenHttp((_request, response) => {
      reached += 1;
      response.end();
    });
    const { connected, status, failure } = await get(template.replace('PORT', String(port)), []);
    expect({ connected, status, failure, reached }).toEqual({
      connected: false,
      status: null,
      failure: REFUSED,
      reached: 0,
    });
  });

  it.each([
    ['a host with its port', '127.0.0.1:PORT'],
    ['a host, for all its ports', '127.0.0.1'],
    ['a name with its port', 'localhost:PORT'],
    ['a name in capitals and spaces around it', ' LocalHost '],
  ])('connects to %s on the list', async (_what, entry) => {
    const port = await listenHttp((_request, response) => response.end('here'));
    const listed = entry.replace('PORT', String(port));
    const host = /local/i.test(entry) ? 'localhost' : '127.0.0.1';
    expect(await get(`http://${host}:${port}/`, ['other.example', listed])).toMatchObject({
      connected: true,
      status: 200,
      failure: null,
    });
  });

  it('does not connect to another port of a host that is listed with its port', async () => {
    const port = await listenHttp((_request, response) => response.end());
    expect(await get(`http://127.0.0.1:${port}/`, [`127.0.0.1:${port + 1}`, '127.0.0.1:80'])).toMatchObject({
      failure: REFUSED,
    });
  });

  it('does not take a listed name for other names of the same address', async () => {
    const port = await listenHttp((_request, response) => response.end());
    expect(await get(`http://127.0.0.1:${port}/`, ['localhost'])).toMatchObject({ failure: REFUSED });
  });

  it.each(['', 'http://intranet.example', 'intranet.example/path', 'user@intranet.example', '::1', '*.example'])(
    'refuses the list entry "%s" and says how one looks',
    (entry) => {
      const create = (): unknown => createOutbound([entry]);
      expect(create).toThrow(DialproofError);
      expect(create).toThrow(
        expect.objectContaining({ code: 'settings-invalid', fix: expect.stringContaining('host:port') }),
      );
    },
  );
});

describe('public addresses', () => {
  it.each(['8.8.8.8', '93.184.216.34', '2606:4700:4700::1111', '::ffff:8.8.8.8'])('%s is one', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    '224.0.0.1',
    '255.255.255.255',
    '192.0.2.1',
    '198.18.0.1',
    '203.0.113.9',
    '240.0.0.1',
    'fec0::1',
    'ff02::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2002:a9fe:a9fe::1',
    '2001:0:7f00:1::',
    '64:ff9b:1::7f00:1',
    '168.63.129.16',
    '::ffff:0:127.0.0.1',
    'fd00:ec2::254',
    '2001:db8::1',
    '::7f00:1',
    'fe80::1%eth0',
    'localhost',
    '',
  ])('%s is none', (address) => {
    expect(isPublic(address)).toBe(false);
  });
});

describe('addresses of services', () => {
  it.each([
    'ftp://a.example/',
    'file:///etc/passwd',
    'javascript:1',
    'http://user:secret@a.example/',
    'http://user@a.example/',
    'a.example',
    'http://',
    '',
  ])('"%s" is none', (text) => {
    expect(readHttpUrl(text)).toBeNull();
  });
});
