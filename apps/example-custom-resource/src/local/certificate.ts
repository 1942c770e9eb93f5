import { generate } from 'selfsigned';

/** A certificate for `localhost` that vouches for itself, and its key, in PEM; made anew each time, and never kept. */
export async function makeCertificate(): Promise<{ readonly cert: string; readonly key: string }> {
  const extensions = [
    { name: 'basicConstraints' as const, cA: true, critical: true },
    { name: 'subjectAltName' as const, altNames: [{ type: 2 as const, value: 'localhost' }] },
  ];
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    extensions,
  });
  return { cert: made.cert, key: made.private };
}
