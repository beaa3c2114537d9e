import { createHash, randomInt } from 'node:crypto';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { ExchangeChannel, ExchangeEvent } from './asterisk-events.js';
import { exchangeEvents } from './asterisk-events.js';

export interface ManagerOptions {
  username?: string;
  secret?: string;
  greeting?: string;
  /** What the user may do; without it everything. */
  actions?: string[];
  port?: number;
}

export interface ManagerStandIn {
  port: number;
  /** Every action that came, in order, the secret left out. */
  actions: ExchangeEvent[];
  /** The channels that are up, as the list of channels names them. `onHangup`: somebody told the exchange to end this one. */
  channels: { channel: ExchangeChannel; more?: ExchangeEvent; onHangup?: () => void }[];
  /** Sends events to everybody who signed in and wants them. */
  tell(...events: ExchangeEvent[]): void;
  /** Writes in pieces of so many bytes; 0 writes all at once. */
  cutInto(bytes: number): void;
  /** Sends events between the lines of the next list of channels. */
  betweenTheList(...events: ExchangeEvent[]): void;
  refuse(action: string, message: string): void;
  /** Ends all connections, as an exchange does that is started anew. */
  hangUp(): void;
  /** How often somebody signed in to hear events. */
  signIns(): number;
  /** Resolves when somebody is signed in and hears events. */
  heard(): Promise<void>;
  close(): Promise<void>;
}

interface Client {
  socket: Socket;
  rest: string;
  challenge: string;
  isIn: boolean;
  hears: boolean;
}

/** The manager interface (AMI) of an exchange on loopback, from its published protocol; it was never compared with a real one. */
export async function startManager(options: ManagerOptions = {}): Promise<ManagerStandIn> {
  const manager = new Manager({ username: 'peyk', secret: 'secret', ...options });
  const server = createServer((socket) => manager.welcome(socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    actions: manager.actions,
    channels: manager.channels,
    tell: (...events) => events.forEach((event) => manager.tell(event)),
    cutInto: (bytes) => void (manager.pieces = bytes),
    betweenTheList: (...events) => void manager.between.push(...events),
    refuse: (action, message) => void manager.refusals.set(action, message),
    hangUp: () => manager.hangUp(),
    signIns: () => manager.signIns,
    heard: () => manager.heard(),
    close: async () => {
      manager.hangUp();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

class Manager {
  readonly actions: ExchangeEvent[] = [];
  readonly channels: ManagerStandIn['channels'] = [];
  readonly between: ExchangeEvent[] = [];
  readonly refusals = new Map<string, string>();
  pieces = 0;
  signIns = 0;
  private readonly clients = new Set<Client>();
  private awaited: (() => void)[] = [];

  private readonly options: { username: string; secret: string; greeting?: string; actions?: string[] };

  constructor(options: { username: string; secret: string; greeting?: string; actions?: string[] }) {
    this.options = options;
  }

  welcome(socket: Socket): void {
    const client: Client = { socket, rest: '', challenge: '', isIn: false, hears: false };
    this.clients.add(client);
    socket.setEncoding('utf8').setNoDelay(true);
    socket.on('data', (chunk: string) => this.read(client, chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => this.clients.delete(client));
    this.write(client, `${this.options.greeting ?? 'Asterisk Call Manager/5.0.1'}\r\n`);
  }

  tell(event: ExchangeEvent): void {
    [...this.clients].filter(({ hears }) => hears).forEach((client) => this.send(client, event));
  }

  hangUp(): void {
    this.clients.forEach(({ socket }) => socket.destroy());
  }

  heard(): Promise<void> {
    return [...this.clients].some(({ hears }) => hears)
      ? Promise.resolve()
      : new Promise((resolve) => this.awaited.push(resolve));
  }

  private read(client: Client, chunk: string): void {
    const blocks = (client.rest + chunk).split('\r\n\r\n');
    client.rest = blocks.pop() ?? '';
    blocks.forEach((block) => this.take(client, headersOf(block)));
  }

  private take(client: Client, action: ExchangeEvent): void {
    const { Secret: _secret, Key: _key, ...shown } = action;
    this.actions.push(shown);
    const name = action['Action'] ?? '';
    const id = action['ActionID'] === undefined ? {} : { ActionID: action['ActionID'] };
    if (name === 'Challenge') {
      client.challenge = String(randomInt(1e9));
      this.send(client, { Response: 'Success', ...id, Challenge: client.challenge });
    } else if (name === 'Login') {
      this.signIn(client, action, id);
    } else if (!client.isIn) {
      this.send(client, { Response: 'Error', ...id, Message: 'Permission denied' });
    } else {
      this.serve(client, action, id);
    }
  }

  private signIn(client: Client, action: ExchangeEvent, id: ExchangeEvent): void {
    const { username, secret } = this.options;
    const key = createHash('md5').update(`${client.challenge}${secret}`).digest('hex');
    const isProven = action['AuthType'] === 'MD5' ? action['Key'] === key : action['Secret'] === secret;
    if (action['Username'] !== username || !isProven) {
      this.send(client, { Response: 'Error', ...id, Message: 'Authentication failed' });
      client.socket.end();
      return;
    }
    client.isIn = true;
    this.send(client, { Response: 'Success', ...id, Message: 'Authentication accepted' });
    this.send(client, { Event: 'FullyBooted', Privilege: 'system,all', Status: 'Fully Booted' });
    if (action['Events'] !== 'off') {
      client.hears = true;
      this.signIns += 1;
    }
  }

  private serve(client: Client, action: ExchangeEvent, id: ExchangeEvent): void {
    const name = action['Action'] ?? '';
    const refusal = this.refusals.get(name);
    if (refusal !== undefined) {
      this.send(client, { Response: 'Error', ...id, Message: refusal });
    } else if (name === 'CoreShowChannels') {
      this.list(client, id);
    } else if (name === 'ListCommands') {
      const known = this.options.actions ?? ['CoreShowChannels', 'Originate', 'MixMonitorMute', 'Hangup', 'Ping'];
      this.send(client, { Response: 'Success', ...id, ...Object.fromEntries(known.map((one) => [one, 'does that'])) });
    } else if (name === 'Hangup') {
      this.end(client, action['Channel'] ?? '', id);
    } else {
      const done = granted[name];
      const refused = { Response: 'Error', ...id, Message: 'Invalid/unknown command' };
      this.send(client, done ? { Response: 'Success', ...id, ...done } : refused);
    }
  }

  /** Whatever joined the channel with another one goes on by itself. */
  private end(client: Client, name: string, id: ExchangeEvent): void {
    const at = this.channels.findIndex(({ channel }) => channel.name === name);
    if (at === -1) {
      this.send(client, { Response: 'Error', ...id, Message: 'No such channel' });
      return;
    }
    const [gone] = this.channels.splice(at, 1);
    this.send(client, { Response: 'Success', ...id, Message: 'Channel Hungup' });
    gone?.onHangup?.();
  }

  private list(client: Client, id: ExchangeEvent): void {
    this.send(client, { Response: 'Success', ...id, EventList: 'start', Message: 'Channels will follow' });
    this.channels.forEach(({ channel, more }) => this.send(client, { ...exchangeEvents.listed(channel, more), ...id }));
    this.between.splice(0).forEach((event) => this.send(client, event));
    this.send(client, { Event: 'CoreShowChannelsComplete', ...id, EventList: 'Complete', ListItems: '0' });
    if (client.hears) {
      this.awaited.splice(0).forEach((tell) => tell());
    }
  }

  private send(client: Client, headers: ExchangeEvent): void {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    this.write(client, `${lines.join('')}\r\n`);
  }

  private write({ socket }: Client, text: string): void {
    const bytes = Buffer.from(text);
    const size = this.pieces || bytes.length;
    for (let from = 0; from < bytes.length && !socket.destroyed; from += size) {
      socket.write(bytes.subarray(from, from + size));
    }
  }
}

/** What is answered to actions that do nothing here. */
const granted: Record<string, ExchangeEvent> = {
  Ping: { Ping: 'Pong' },
  Originate: { Message: 'Originate successfully queued' },
  MixMonitorMute: { Message: 'Success' },
};

function headersOf(block: string): ExchangeEvent {
  const pairs = block.split('\r\n').map((line) => /^([^:]+):\s?(.*)$/u.exec(line) ?? []);
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value]));
}
