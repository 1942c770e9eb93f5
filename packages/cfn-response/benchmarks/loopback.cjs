// Preloaded into the process of every helper alike: TCP connections to port 443 of localhost go to the benchmark's server.
//
// Two of the helpers drop the port of `ResponseURL`. Only the socket is led elsewhere: name, certificate check, TLS and HTTP are the
// helper's own, as they are in Lambda.
const { Socket } = require('node:net');

const { connect } = Socket.prototype;
const port = Number(process.env.PLIMSOLL_BENCH_PORT);

Socket.prototype.connect = function connectToLoopback(options, ...rest) {
  const isBucket = options !== null && typeof options === 'object' && options.host === 'localhost' && Number(options.port) === 443;
  return connect.call(this, isBucket ? { ...options, host: '127.0.0.1', port } : options, ...rest);
};
