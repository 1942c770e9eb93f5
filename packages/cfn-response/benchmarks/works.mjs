/** Begins the reason that is too long, to be recognised in an answer. */
export const REASON_START = 'the migration failed: ';

const circular = {};
circular.self = circular;

/** What the author of a custom resource writes, by name: each calls `done(error, data)` when it has finished. */
export const WORKS = {
  succeeds: (done) => done(undefined, { Port: '5432' }),
  'fails at length': (done) => done(new RangeError(REASON_START + '✓'.repeat(5000 / 3))),
  'returns multibyte Data': (done) => done(undefined, { Name: 'Größe ✓ '.repeat(20) }),
  'returns large Data': (done) => done(undefined, { List: 'x'.repeat(5000) }),
  'returns circular Data': (done) => done(undefined, { circular }),
  'returns a BigInt': (done) => done(undefined, { Bytes: 5432n }),
  throws: () => {
    throw new RangeError('the listener cannot be made');
  },
  // Holds the event loop open, as a connection does that waits for its peer.
  hangs: () => {
    setInterval(() => {}, 1000);
  },
  'settles twice': (done) => {
    done(undefined, { Port: '5432' });
    done(new RangeError('the connection was lost while it closed'));
  },
};
