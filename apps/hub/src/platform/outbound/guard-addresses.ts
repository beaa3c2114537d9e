import { lookup as resolve, type LookupAddress } from 'node:dns';
import type { Agent } from 'node:http';
import { BlockList, isIP, type LookupFunction, type Socket, type TcpNetConnectOpts } from 'node:net';
import type { Duplex } from 'node:stream';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import type { AgentChoice } from '#channels';

/** The code of the error by which a connection to a private address ends. */
const refusedCode = 'address_refused';
/** The agents of the library tell a refusal by its sentence only. */
const refusal = /is not allowed\. Because/u;

type Connected = (error: Error | null, socket: Duplex) => void;

/**
 * Chooses agents that refuse every address outside of the public internet: private, loopback, link-local and metadata addresses, in
 * whatever spelling and behind whatever name, for it is the resolved address that counts. Networks in `allow` (addresses and
 * CIDRs) are open all the same. `lookup` is for tests.
 */
export function guardAddresses(
  allow: readonly string[],
  lookup: LookupFunction = resolve as LookupFunction,
): AgentChoice {
  const gate = new Gate(allow, lookup);
  const http = new GuardedHttpAgent(gate);
  const https = new GuardedHttpsAgent(gate);
  return (url): Agent => (url.protocol === 'https:' ? https : http);
}

/**
 * Lets allowed addresses past the library's agents. Those take a list, and warn on the console about each network in it that is of
 * the other family than an address; so they are given no networks, but the single allowed addresses as they are met.
 */
class Gate {
  readonly admitted: string[] = [];
  private readonly networks = new BlockList();

  constructor(
    allow: readonly string[],
    private readonly resolveName: LookupFunction,
  ) {
    for (const network of allow) {
      const [address = '', bits] = network.split('/');
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      this.networks.addSubnet(address, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
    }
  }

  readonly lookup: LookupFunction = (hostname, options, done) => {
    this.resolveName(hostname, options, (error, found, family) => {
      for (const address of addressesOf(found)) {
        this.admit(address);
      }
      done(error, found, family);
    });
  };

  admit(address: string): void {
    const family = isIP(address);
    if (
      family !== 0 &&
      !this.admitted.includes(address) &&
      this.networks.check(address, family === 6 ? 'ipv6' : 'ipv4')
    ) {
      this.admitted.push(address);
    }
  }

  /** Opens a connection through one of the library's agents, and gives its refusals a code. */
  open(
    options: TcpNetConnectOpts,
    connected: Connected | undefined,
    connect: (options: TcpNetConnectOpts, connected?: Connected) => Duplex | Socket,
  ): Duplex | Socket {
    this.admit(options.host ?? '');
    const told = connected && ((error: Error | null, socket: Duplex) => connected(error && mark(error), socket));
    const socket = connect({ ...options, lookup: this.lookup }, told);
    socket.prependListener('error', mark);
    return socket;
  }
}

class GuardedHttpAgent extends RequestFilteringHttpAgent {
  constructor(private readonly gate: Gate) {
    super({ keepAlive: false, allowIPAddressList: gate.admitted });
  }

  override createConnection(options: TcpNetConnectOpts, connected?: Connected): Duplex | Socket {
    return this.gate.open(options, connected, (...call) => super.createConnection(...call));
  }
}

class GuardedHttpsAgent extends RequestFilteringHttpsAgent {
  constructor(private readonly gate: Gate) {
    super({ keepAlive: false, allowIPAddressList: gate.admitted });
  }

  override createConnection(options: TcpNetConnectOpts, connected?: Connected): Duplex | Socket {
    return this.gate.open(options, connected, (...call) => super.createConnection(...call));
  }
}

function addressesOf(found: string | LookupAddress[] | undefined): string[] {
  return typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
}

function mark(error: Error): Error {
  return refusal.test(error.message) ? Object.assign(error, { code: refusedCode }) : error;
}
