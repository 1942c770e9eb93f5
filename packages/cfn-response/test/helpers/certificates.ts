import { generate } from 'selfsigned';

/** A certificate and its key, in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** An authority and what it signed. */
export interface Certificates {
  /** Certificate of the authority, to trust. */
  readonly ca: string;
  /** For 127.0.0.1 and localhost. */
  readonly right: Certificate;
  /** Signed by the same authority, for another host. */
  readonly wrongHost: Certificate;
  /** For 127.0.0.1, signed by an authority nobody trusts. */
  readonly wrongAuthority: Certificate;
}

/** Makes an authority and three certificates; nothing is kept. */
export async function makeCertificates(): Promise<Certificates> {
  const [trusted, unknown] = await Promise.all([authority('Harbour test authority'), authority('Unknown test authority')]);
  const [right, wrongHost, wrongAuthority] = await Promise.all([
    leaf(trusted, '127.0.0.1'),
    leaf(trusted, '127.0.0.2'),
    leaf(unknown, '127.0.0.1'),
  ]);
  return { ca: trusted.cert, right, wrongHost, wrongAuthority };
}

const KEYS = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;

async function authority(name: string): Promise<Certificate> {
  const extensions = [
    { name: 'basicConstraints' as const, cA: true, critical: true },
    { name: 'keyUsage' as const, keyCertSign: true, cRLSign: true, critical: true },
  ];
  const made = await generate([{ name: 'commonName', value: name }], { ...KEYS, extensions });
  return { cert: made.cert, key: made.private };
}

async function leaf(ca: Certificate, ip: string): Promise<Certificate> {
  const dnsNames = ip === '127.0.0.1' ? [{ type: 2 as const, value: 'localhost' }] : [];
  const extensions = [
    { name: 'basicConstraints' as const, cA: false },
    { name: 'keyUsage' as const, digitalSignature: true },
    { name: 'extKeyUsage' as const, serverAuth: true },
    { name: 'subjectAltName' as const, altNames: [{ type: 7 as const, ip }, ...dnsNames] },
  ];
  const made = await generate([{ name: 'commonName', value: ip }], { ...KEYS, extensions, ca });
  return { cert: made.cert, key: made.private };
}
