// Certificates for tests, made on the spot: an authority, and what it signs. X.509 written out by hand, so that no program is needed.

import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export interface Pem {
  readonly certificate: string;
  readonly key: string;
}

export interface Authority {
  readonly certificate: string;
  /** A certificate for a server on loopback. */
  forServer(): Pem;
  forClient(user: string): Pem;
}

const ECDSA_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'));

export function createAuthority(name = 'latchwork test authority'): Authority {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = distinguishedName(name);
  const isAuthority = extension('2.5.29.19', sequence(boolean(true)), true);
  const issue = (subject: Buffer, publicKey: KeyObject, extensions: Buffer[]): string =>
    toPem('CERTIFICATE', certificate({ issuer, subject, publicKey, extensions, signer: pair.privateKey }));
  const forOne = (subject: string, extensions: Buffer[]): Pem => {
    const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return {
      certificate: issue(distinguishedName(subject), own.publicKey, extensions),
      key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
  };
  return {
    certificate: issue(issuer, pair.publicKey, [isAuthority]),
    forServer: () =>
      forOne('test API server', [
        extension(
          '2.5.29.17',
          sequence(tagged(0x87, Buffer.of(127, 0, 0, 1)), tagged(0x82, Buffer.from('localhost'))),
        ),
      ]),
    forClient: (user) => forOne(user, []),
  };
}

interface Contents {
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Buffer[];
  readonly signer: KeyObject;
}

function certificate({ issuer, subject, publicKey, extensions, signer }: Contents): Buffer {
  const body = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    ECDSA_SHA256,
    issuer,
    sequence(tagged(0x17, Buffer.from('200101000000Z')), tagged(0x17, Buffer.from('491231235959Z'))),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length === 0 ? [] : [tagged(0xa3, sequence(...extensions))]),
  );
  const signature = sign('sha256', body, signer);
  return sequence(body, ECDSA_SHA256, tagged(0x03, Buffer.concat([Buffer.of(0), signature])));
}

function distinguishedName(commonName: string): Buffer {
  return sequence(tagged(0x31, sequence(objectId('2.5.4.3'), tagged(0x0c, Buffer.from(commonName)))));
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(objectId(id), ...(critical ? [boolean(true)] : []), tagged(0x04, value));
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head =
    length < 0x80
      ? Buffer.of(tag, length)
      : length < 0x100
        ? Buffer.of(tag, 0x81, length)
        : Buffer.of(tag, 0x82, length >> 8, length & 0xff);
  return Buffer.concat([head, content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes);
}

function boolean(value: boolean): Buffer {
  return tagged(0x01, Buffer.of(value ? 0xff : 0));
}

function objectId(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return tagged(0x06, Buffer.from(bytes));
}

function toPem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
