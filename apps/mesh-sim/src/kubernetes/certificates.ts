// Certificates for an API server that speaks TLS: an authority, and what it signs. Made by openssl at every start, kept nowhere.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

export interface Certificates {
  readonly server: ServerCertificate;
  readonly client: { readonly cert: string; readonly key: string };
}

const DAYS = '30';
const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-sha256'];
const run = promisify(execFile);

async function openssl(folder: string, ...args: readonly string[]): Promise<void> {
  try {
    await run('openssl', args, { cwd: folder });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new Error('openssl was not found, and --tls needs it; install it, or leave out --tls');
    throw new Error(`openssl made no certificate: ${message}`);
  }
}

export async function createCertificates(host: string): Promise<Certificates> {
  const folder = await mkdtemp(join(tmpdir(), 'mesh-sim-tls-'));
  const read = (name: string) => readFile(join(folder, name), 'utf8');

  async function sign(name: string, subject: string, extensions: string): Promise<void> {
    await writeFile(join(folder, `${name}.ext`), extensions);
    await openssl(
      folder,
      'req',
      '-new',
      ...EC,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      subject,
    );
    const authority = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial'];
    const files = ['-in', `${name}.csr`, '-out', `${name}.crt`, '-extfile', `${name}.ext`];
    await openssl(folder, 'x509', '-req', '-sha256', '-days', DAYS, ...authority, ...files);
  }

  try {
    const root = ['-x509', '-days', DAYS, '-subj', '/CN=ferryline authority'];
    await openssl(folder, 'req', ...root, ...EC, '-keyout', 'ca.key', '-out', 'ca.crt');
    const names = new Set([
      /^[\d.]+$|:/.test(host) ? `IP:${host}` : `DNS:${host}`,
      'IP:127.0.0.1',
      'DNS:localhost',
    ]);
    await sign('server', '/CN=ferryline API server', `subjectAltName=${[...names].join(',')}\n`);
    await sign('client', '/O=viewers/CN=viewer@ferryline.example', 'extendedKeyUsage=clientAuth\n');
    return {
      server: { cert: await read('server.crt'), key: await read('server.key'), ca: await read('ca.crt') },
      client: { cert: await read('client.crt'), key: await read('client.key') },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
