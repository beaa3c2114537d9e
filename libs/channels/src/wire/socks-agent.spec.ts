import { request } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { SocksAgent } from './socks-agent.js';

/** What came to the proxy: the sign-in, where to, and the first bytes that went through. */
interface Seen {
  login: string;
  host: string;
  port: number;
  through: Buffer;
}

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

/** A SOCKS5 proxy that asks for a password. It answers `reply` to where it should connect, and hangs up after the first bytes. */
async function startProxy(reply: number): Promise<{ url: string; seen: Promise<Seen> }> {
  const { promise, resolve } = Promise.withResolvers<Seen>();
  const server = createServer((socket) => {
    const seen: Seen = { login: '', host: '', port: 0, through: Buffer.alloc(0) };
    let step = 0;
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => {
      step += 1;
      if (step === 1) {
        socket.write(Buffer.of(5, 2));
      } else if (step === 2) {
        const length = bytes[1] ?? 0;
        seen.login = `${bytes.toString('utf8', 2, 2 + length)}:${bytes.toString('utf8', 3 + length)}`;
        socket.write(Buffer.of(1, 0));
      } else if (step === 3) {
        const length = bytes[4] ?? 0;
        seen.host = bytes.toString('utf8', 5, 5 + length);
        seen.port = bytes.readUInt16BE(5 + length);
        socket.write(Buffer.of(5, reply, 0, 1, 0, 0, 0, 0, 0, 0));
        if (reply !== 0) {
          resolve(seen);
        }
      } else {
        resolve({ ...seen, through: bytes });
        socket.destroy();
      }
    });
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `socks5://me:p%40ss@127.0.0.1:${String(port)}`, seen: promise };
}

function ask(proxy: string): Promise<string> {
  return new Promise((resolve) => {
    const call = request('https://api.telegram.invalid/botX/getMe', { agent: new SocksAgent(proxy) });
    call.on('error', (error: Error & { code?: string }) => resolve(error.code ?? error.message));
    call.end();
  });
}

describe('a SOCKS proxy', () => {
  it('is signed in to, looks up the name itself, and carries TLS', async () => {
    const { url, seen } = await startProxy(0);
    expect(await ask(url)).toMatch(/ECONNRESET|EPIPE/);
    const { login, host, port, through } = await seen;
    expect({ login, host, port }).toEqual({ login: 'me:p@ss', host: 'api.telegram.invalid', port: 443 });
    // A ClientHello that names the host it wants.
    expect([through[0], through[1]]).toEqual([0x16, 0x03]);
    expect(through.toString('latin1')).toContain('api.telegram.invalid');
  });

  it('that refuses, or is not there, has let nothing through', async () => {
    const { url } = await startProxy(5);
    expect(await ask(url)).toBe('ERR_PROXY_TUNNEL');
    expect(await ask('socks5://127.0.0.1:1')).toBe('ERR_PROXY_TUNNEL');
  });
});
