/**
 * How sockets are served; both namespaces share one server, so both gateways give the same options. Frames are small and calls
 * are smaller: compression would cost each idle socket hundreds of kilobytes. A peer that is gone is noticed within 20 s, before
 * its presence would lapse.
 */
export const socketOptions = {
  path: '/socket.io',
  transports: ['websocket' as const],
  perMessageDeflate: false,
  serveClient: false,
  maxHttpBufferSize: 100_000,
  connectTimeout: 10_000,
  pingInterval: 10_000,
  pingTimeout: 10_000,
};

/** A handshake that is refused. Clients read the code from `data` of their connect_error. */
export class RefusedSocket extends Error {
  readonly data: { code: string };

  constructor(code: 'unauthenticated' | 'forbidden' | 'not_found' | 'unavailable') {
    super(code);
    this.name = 'RefusedSocket';
    this.data = { code };
  }
}
