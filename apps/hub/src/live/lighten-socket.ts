import type { IncomingMessage } from 'node:http';
import type { Socket } from 'socket.io';

const nothing = Object.freeze({});

/**
 * A request to open a socket, without what Node carries along for reading a body. The socket server ties the request to the line for as
 * long as that is open, and a whole one weighs almost as much as all the rest of an idle socket (`npm run bench -- sockets`).
 */
export function lightRequest({ method, url, headers, httpVersion, socket }: IncomingMessage): IncomingMessage {
  return { method, url, headers, httpVersion, socket, connection: socket } as IncomingMessage;
}

/**
 * Lets go of what a socket came with, once that is read: its headers and its token would be held for as long as it is open, and most are
 * open for long and do nothing. Another namespace over the same connection finds no headers, and lets nobody in.
 */
export function lightenSocket({ conn, handshake }: Pick<Socket, 'conn' | 'handshake'>): void {
  Object.assign(conn.request, { headers: nothing, url: '', _query: nothing });
  Object.assign(handshake, { headers: nothing, query: nothing, auth: nothing, time: '', url: '' });
}
