import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to the database that can be cut, as a pulled cable would, and that need not be there yet. */
export class Cable {
  private readonly sockets = new Set<Socket>();
  private readonly pairs: [from: Socket, to: Socket][] = [];
  private isFrozen = false;
  private server: Server | null = null;
  private readonly to: URL;
  url = '';

  constructor(to: URL) {
    this.to = to;
  }

  /** Returns the port of the near end, which stays the same when it is given again. */
  async plugIn(port = 0): Promise<number> {
    const server = createServer((near) => this.join(near));
    this.server = server;
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    const taken = (server.address() as AddressInfo).port;
    const url = new URL(this.to);
    url.host = `127.0.0.1:${taken}`;
    this.url = url.href;
    return taken;
  }

  /** From here on nothing comes through, either way, and nobody is told. New connections are taken, and are as silent. */
  freeze(): void {
    this.isFrozen = true;
    this.pairs.forEach(([from, to]) => from.unpipe(to).pause());
  }

  /** What was sent meanwhile comes through, also from those who did not wait for it. Whoever is piped twice would be told twice. */
  thaw(): void {
    if (this.isFrozen) {
      this.isFrozen = false;
      this.pairs.forEach(([from, to]) => from.pipe(to));
    }
  }

  async cut(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    await new Promise((done) => this.server?.close(done));
  }

  private join(near: Socket): void {
    const far = connect(Number(this.to.port), this.to.hostname);
    for (const [a, b] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(a);
      a.on('error', () => b.destroy());
      a.on('close', () => b.destroy());
      this.pairs.push([a, b]);
      if (!this.isFrozen) {
        a.pipe(b);
      }
    }
  }
}
