/** The parts of the npm package `smpp`, which brings no types, that stand-ins and specs use. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer } from 'node:net';

  export interface Pdu {
    command: string;
    command_status: number;
    system_id?: string;
    password?: string;
    source_addr?: string;
    destination_addr?: string;
    data_coding?: number;
    esm_class?: number;
    registered_delivery?: number;
    short_message?: { message: string; udh?: Uint8Array[] };
    response(fields?: object): Pdu;
  }

  export interface Session extends EventEmitter {
    send(pdu: Pdu): boolean;
    deliver_sm(fields: object, answered?: (pdu: Pdu) => void): boolean;
    enquire_link(answered?: (pdu: Pdu) => void): boolean;
    destroy(): void;
  }

  const smpp: { createServer(onSession: (session: Session) => void): NetServer };
  export default smpp;
}
