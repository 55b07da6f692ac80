import { create, toBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { decodeFrame } from './decode.ts';
import {
  ApiErrorSchema,
  HttpMethod_Registered,
  TapEvent_ProxyDirection,
  TapEventSchema,
} from './gen/tap_pb.js';

function request(more: object) {
  return toBinary(
    TapEventSchema,
    create(TapEventSchema, {
      proxyDirection: TapEvent_ProxyDirection.INBOUND,
      event: { case: 'http', value: { event: { case: 'requestInit', value: {} } } },
      ...more,
    }),
  );
}

function partOf(bytes: Uint8Array) {
  const decoded = decodeFrame(bytes);
  if (decoded.kind !== 'part') throw new Error(decoded.kind);
  return decoded.part;
}

function headersOf(headers: object[]) {
  const part = partOf(
    request({
      event: { case: 'http', value: { event: { case: 'requestInit', value: { headers: { headers } } } } },
    }),
  );
  return part.kind === 'request' ? part.headers : [];
}

describe('decodeFrame(bytes)', () => {
  it('writes IPv4 and IPv6 addresses as people do', () => {
    const source = (first: bigint, last: bigint) =>
      partOf(request({ source: { ip: { ip: { case: 'ipv6', value: { first, last } } }, port: 80 } })).source
        .address;
    expect(
      partOf(request({ source: { ip: { ip: { case: 'ipv4', value: 3232235521 } }, port: 80 } })).source
        .address,
    ).toBe('192.168.0.1:80');
    expect(source(0n, 1n)).toBe('[::1]:80');
    expect(source(0n, 0n)).toBe('[::]:80');
    expect(source(0x20010db8_00000000n, 1n)).toBe('[2001:db8::1]:80');
    expect(source(0x20010db8_00000001n, 0x00000000_00020003n)).toBe('[2001:db8:0:1::2:3]:80');
    expect(source(0xfe80_0001_0002_0003n, 0x0004_0005_0006_0007n)).toBe('[fe80:1:2:3:4:5:6:7]:80');
  });

  it('keeps of a request what a person reads, and says what was left out', () => {
    const long = 'tea '.repeat(4_000);
    const many = Array.from({ length: 20 }, (_, i) => ({
      name: `x-${i}`,
      value: { case: 'valueStr', value: long },
    }));
    expect(headersOf(many)).toEqual([
      { name: 'x-0', value: `${long.slice(0, 4_096)}…` },
      { name: 'x-1', value: `${long.slice(0, 4_096)}…` },
      { name: '…', value: '18 more, too long to keep' },
    ]);
    expect(headersOf(many.map(({ name }) => ({ name })))).toHaveLength(20);
    const value = { path: `/${long}`, authority: long };
    const part = partOf(
      request({ event: { case: 'http', value: { event: { case: 'requestInit', value } } } }),
    );
    expect(part).toMatchObject({ path: `/${long.slice(0, 4_095)}…`, authority: `${long.slice(0, 4_096)}…` });
    const labels = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`l${i}`, long]));
    const peer = partOf(request({ sourceMeta: { labels } })).source;
    expect(JSON.stringify(peer).length).toBeLessThan(300_000);
  });

  it('knows GET, which is 0 on the wire, from no method at all, and methods of no list', () => {
    const method = (type: object | undefined) => {
      const part = partOf(
        request({
          event: {
            case: 'http',
            value: { event: { case: 'requestInit', value: type ? { method: { type } } : {} } },
          },
        }),
      );
      return part.kind === 'request' ? part.method : null;
    };
    expect(method({ case: 'registered', value: HttpMethod_Registered.GET })).toBe('GET');
    expect(method({ case: 'unregistered', value: 'PURGE' })).toBe('PURGE');
    expect(method(undefined)).toBe('');
  });

  it('withholds the values of secret headers, whatever their case and kind', () => {
    expect(
      headersOf([
        { name: 'Authorization', value: { case: 'valueStr', value: 'Bearer x' } },
        { name: 'cookie', value: { case: 'valueBin', value: new Uint8Array([1]) } },
        { name: 'l5d-session-token', value: { case: 'valueStr', value: 'x' } },
        { name: 'X-Api-Key', value: { case: 'valueStr', value: 'x' } },
        { name: 'user-agent', value: { case: 'valueStr', value: 'curl' } },
        { name: 'trace-bin', value: { case: 'valueBin', value: new Uint8Array([1, 2, 3]) } },
        { name: 'l5d-client-id', value: { case: 'valueStr', value: 'web.shop' } },
        { name: 'x-empty', value: { case: 'valueStr', value: '' } },
      ]),
    ).toEqual([
      { name: 'Authorization', value: null },
      { name: 'cookie', value: null },
      { name: 'l5d-session-token', value: null },
      { name: 'X-Api-Key', value: null },
      { name: 'user-agent', value: 'curl' },
      { name: 'trace-bin', value: 'AQID' },
      { name: 'l5d-client-id', value: 'web.shop' },
      { name: 'x-empty', value: '' },
    ]);
  });

  it('tells an error from an event, short or long', () => {
    for (const message of ['x', 'no pods to tap', 'long '.repeat(100)]) {
      const bytes = toBinary(ApiErrorSchema, create(ApiErrorSchema, { error: message }));
      expect(decodeFrame(bytes)).toEqual({ kind: 'error', message });
    }
  });

  it('calls an event of a kind that it does not know unknown, and bytes that are no message wrong', () => {
    expect(decodeFrame(new Uint8Array())).toEqual({ kind: 'unknown' });
    expect(decodeFrame(request({ proxyDirection: TapEvent_ProxyDirection.UNKNOWN }))).toEqual({
      kind: 'unknown',
    });
    expect(() => decodeFrame(new Uint8Array([0xff, 0xff]))).toThrow();
  });
});
