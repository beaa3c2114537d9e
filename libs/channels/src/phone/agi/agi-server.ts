import { createServer, type AddressInfo, type Socket } from 'node:net';
import { AgiConnection, type AgiEnvironment } from './agi-connection.js';

/** A call that an exchange handed over, before anything of it is believed. */
export interface AgiArrival {
  /** `<channel>/<token>`, and what stands behind, of the address that the exchange was told to call. */
  channelId: string;
  token: string;
  /** '' for a caller; `answered` on the phone of an agent who has just answered. */
  path: string;
  environment: AgiEnvironment;
  connection: AgiConnection;
}

export interface AgiServer {
  port: number;
  /** Stops listening and hangs up on nobody: waits for those who are on the line, `graceMs` at most. */
  close(graceMs: number): Promise<void>;
}

export interface AgiServerOptions {
  listen: { host: string; port: number };
  onCall(arrival: AgiArrival): Promise<void>;
  /** Somebody connected who is no exchange, or there are too many. */
  onRefused(why: 'not_agi' | 'too_many', from: string): void;
  /** Of those who have said whom they bring. */
  maxCalls?: number;
  introduceMs?: number;
}

const introduceMs = 5_000;
const defaultMaxCalls = 1_000;
/** An exchange introduces its call at once, so of those who have not yet the oldest goes: whoever only connects keeps no caller out. */
const mostStrangers = 100;

/** Listens for exchanges that speak FastAGI. It is text over TCP without any secret but the address, so it belongs into a private network. */
export async function startAgiServer(options: AgiServerOptions): Promise<AgiServer> {
  const calls = new Map<Socket, Promise<void>>();
  const strangers = new Set<Socket>();
  let served = 0;
  const maxCalls = options.maxCalls ?? defaultMaxCalls;
  const server = createServer((socket) => {
    const from = socket.remoteAddress ?? '';
    const [oldest] = strangers;
    if (oldest && strangers.size >= mostStrangers) {
      strangers.delete(oldest);
      oldest.destroy();
    }
    strangers.add(socket);
    const talk = introduce(socket, options.introduceMs ?? introduceMs)
      .finally(() => strangers.delete(socket))
      .then(async (arrival) => {
        if (served >= maxCalls) {
          options.onRefused('too_many', from);
          return;
        }
        served += 1;
        await options.onCall(arrival).finally(() => (served -= 1));
      })
      .catch(() => options.onRefused('not_agi', from))
      .finally(() => {
        socket.destroySoon();
        calls.delete(socket);
      });
    calls.set(socket, talk);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.listen.port, options.listen.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async (graceMs) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const timer = setTimeout(() => calls.forEach((_talk, socket) => socket.destroy()), graceMs);
      await Promise.all([closed, ...calls.values()]);
      clearTimeout(timer);
    },
  };
}

async function introduce(socket: Socket, withinMs: number): Promise<AgiArrival> {
  const connection = new AgiConnection(socket);
  const environment = await connection.environment(withinMs);
  const [channelId = '', token = '', ...rest] = (environment['network_script'] ?? '').split('?')[0]?.split('/') ?? [];
  return { channelId, token, path: rest.join('/'), environment, connection };
}
