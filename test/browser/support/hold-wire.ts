import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { TestHub } from '../../support/start-hub.js';

/** The wire between browsers and a hub's sockets. */
export interface Wire {
  /** Every socket falls, as by a pulled cable, and none comes through until `mend`. */
  cut(): void;
  mend(): void;
}

export function holdWire(hub: TestHub): Wire {
  const open = new Set<Duplex>();
  let isCut = false;
  const server = hub.app.getHttpServer() as Server;
  server.prependListener('upgrade', (_request: IncomingMessage, socket: Duplex) => {
    if (isCut) {
      socket.destroy();
      return;
    }
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return {
    cut: () => {
      isCut = true;
      open.forEach((socket) => socket.destroy());
    },
    mend: () => {
      isCut = false;
    },
  };
}
