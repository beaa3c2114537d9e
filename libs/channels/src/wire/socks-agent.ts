import { Agent, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect, type ConnectionOptions } from 'node:tls';

type Connected = (error: Error | null, stream: Duplex) => void;

const timeoutMs = 20_000;

/** The proxy let nothing through: nothing has left. It goes by the name that Node has for the same of an http proxy. */
class NoTunnel extends Error {
  readonly code = 'ERR_PROXY_TUNNEL';

  constructor() {
    super('The proxy did not connect.');
  }
}

/**
 * Reaches https hosts through a SOCKS5 proxy, which also looks up their names: where a provider is filtered, its name often is as well.
 * `proxy` is an address such as `socks5://user:password@proxy.internal:1080`.
 */
export class SocksAgent extends Agent {
  private readonly proxy: URL;

  constructor(proxy: string) {
    super({ keepAlive: false });
    this.proxy = new URL(proxy);
  }

  override createConnection(options: RequestOptions, connected?: Connected): null {
    const { host, port } = options;
    this.tunnel(host ?? '', Number(port ?? 443)).then(
      (socket) => {
        const stream = connect({ ...(options as ConnectionOptions), socket });
        connected?.(null, stream);
      },
      () => (connected as ((error: Error) => void) | undefined)?.(new NoTunnel()),
    );
    return null;
  }

  private async tunnel(host: string, port: number): Promise<NonNullable<ConnectionOptions['socket']>> {
    const { SocksClient } = await import('socks');
    const { hostname, port: own, username, password } = this.proxy;
    const { socket } = await SocksClient.createConnection({
      command: 'connect',
      destination: { host, port },
      timeout: timeoutMs,
      proxy: {
        host: hostname.replace(/^\[|\]$/g, ''),
        port: Number(own || 1080),
        type: 5,
        ...(username !== '' && { userId: decodeURIComponent(username), password: decodeURIComponent(password) }),
      },
    });
    return socket;
  }
}
