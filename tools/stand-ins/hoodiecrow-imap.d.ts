/** The part of hoodiecrow-imap 2.1.0 that the stand-in mailbox uses; the package brings no types. */
declare module 'hoodiecrow-imap' {
  import type { Server } from 'node:net';

  export interface StoredMail {
    uid: number;
    raw: string;
    flags: string[];
  }

  export interface Folder {
    messages: StoredMail[];
    uidvalidity: number;
    uidnext: number;
  }

  export interface Connection {
    directNotifications: boolean;
    inputHandler: ((line: string) => void) | false;
    socket: { write(text: string): void } | null;
    send(
      response: { tag: string; command: string; attributes: { type: string; value: string }[] },
      about: string,
    ): void;
    processNotifications(): void;
  }

  export interface ImapServer {
    /** The listening socket server. */
    server: Server;
    registerCapability(name: string): void;
    setCommandHandler(
      name: string,
      handle: (connection: Connection, command: { tag: string }, data: unknown, done: () => void) => void,
    ): void;
    getMailbox(path: string): Folder | undefined;
    appendMessage(path: string, flags: string[], internaldate: Date | undefined, raw: string): { message: StoredMail };
    listen(port: number, host: string, done: () => void): void;
    close(done: () => void): void;
  }

  // oxlint-disable-next-line import/no-default-export -- The package is CommonJS: its one function is the module.
  export default function hoodiecrow(options: {
    plugins: (string | ((server: ImapServer) => void))[];
    storage: Record<string, unknown>;
    users: Record<string, { password: string; xoauth2?: { accessToken: string; sessionTimeout: number } }>;
  }): ImapServer;
}
