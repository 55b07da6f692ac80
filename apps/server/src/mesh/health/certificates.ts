// Certificates out of PEM: how long they are valid, what they are made with, who signed them. What cannot be read is said, never thrown.

import { X509Certificate } from 'node:crypto';

export interface CertificateFacts {
  readonly subject: string;
  /** Unix milliseconds. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** In Linkerd's words, such as `ECDSA P-256`. */
  readonly algorithm: string;
  readonly certificate: X509Certificate;
}

export interface ReadCertificates {
  readonly certificates: readonly CertificateFacts[];
  /** Of the blocks that are no certificates, why. */
  readonly malformed: readonly string[];
}

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;
/** A bundle of trust roots has a handful. */
const MOST = 100;

export function readCertificates(pem: string): ReadCertificates {
  const certificates: CertificateFacts[] = [];
  const malformed: string[] = [];
  for (const [block] of [...pem.matchAll(BLOCK)].slice(0, MOST)) {
    try {
      certificates.push(factsOf(new X509Certificate(block)));
    } catch (error) {
      malformed.push(error instanceof Error ? error.message : String(error));
    }
  }
  if (certificates.length === 0 && malformed.length === 0)
    malformed.push('there is no PEM certificate in it');
  return { certificates, malformed };
}

function factsOf(certificate: X509Certificate): CertificateFacts {
  const fromMs = Date.parse(certificate.validFrom);
  const untilMs = Date.parse(certificate.validTo);
  if (Number.isNaN(fromMs) || Number.isNaN(untilMs)) throw new Error('its dates cannot be read');
  return {
    subject: /CN=(.*)/.exec(certificate.subject)?.[1] ?? certificate.subject.split('\n')[0] ?? '',
    fromMs,
    untilMs,
    algorithm: algorithmOf(certificate),
    certificate,
  };
}

function algorithmOf({ publicKey }: X509Certificate): string {
  const { namedCurve, modulusLength } = publicKey.asymmetricKeyDetails ?? {};
  if (publicKey.asymmetricKeyType === 'ec')
    return `ECDSA ${namedCurve === 'prime256v1' ? 'P-256' : (namedCurve ?? 'of an unknown curve')}`;
  if (publicKey.asymmetricKeyType === 'rsa') return `RSA ${modulusLength ?? ''}`.trim();
  return publicKey.asymmetricKeyType ?? 'unknown';
}

export function isIssuedBy(one: CertificateFacts, by: CertificateFacts): boolean {
  try {
    return one.certificate.checkIssued(by.certificate) && one.certificate.verify(by.certificate.publicKey);
  } catch {
    return false;
  }
}
