import { chmodSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { AgentView, ChannelView, QueueView, SlaPolicyView } from '#contract';
import {
  connectChannels,
  startWorld,
  worldPublicUrl,
  type World,
  type WorldChannels,
} from '../../tools/stand-ins/world.js';
import { ChaosDatabase } from './chaos-database.js';
import type { Town } from './customers.js';
import { DeskApi } from './desk-api.js';
import { HubProcess } from './hub-process.js';
import { Program, programSecret } from './program.js';
import { WatchingAgent } from './watching-agent.js';

const admin = { email: 'admin@peyk.test', password: 'correct horse battery' };

export interface Site {
  /** Where package.json and dist/ of the hub under test are. */
  root: string;
  /** A folder of this installation alone. */
  folder: string;
}

/** A whole installation: hub, embedded database with fsync on, providers, an agent at a console, and a way to customers. */
export class Installation implements Town {
  readonly hub: HubProcess;
  readonly site: Site & { sparePort: number };
  readonly api: DeskApi;
  readonly database: ChaosDatabase;
  readonly world: World;
  readonly program: Program;
  readonly mailPort: number;
  /** Kind of channel by its id. */
  readonly kinds = new Map<string, ChannelView['kind']>();
  channels!: WorldChannels;
  messagesChannel = '';
  agent!: WatchingAgent;

  private constructor(
    site: Site,
    parts: { world: World; program: Program; ports: { web: number; mail: number; spare: number } },
  ) {
    const { ports } = parts;
    this.site = { ...site, sparePort: ports.spare };
    this.world = parts.world;
    this.program = parts.program;
    this.mailPort = ports.mail;
    const dataDir = join(site.folder, 'data');
    this.database = new ChaosDatabase(dataDir);
    this.hub = new HubProcess({
      root: site.root,
      folder: site.folder,
      port: ports.web,
      env: {
        DATA_DIR: dataDir,
        PUBLIC_URL: worldPublicUrl,
        MAIL_LISTEN: `127.0.0.1:${String(ports.mail)}`,
        OUTBOUND_ALLOW: '127.0.0.0/8',
        PEYK_ADMIN_EMAIL: admin.email,
        PEYK_ADMIN_PASSWORD: admin.password,
        LOG_LEVEL: 'info',
      },
    });
    this.api = new DeskApi(this.hub.url);
  }

  static async open(site: Site): Promise<Installation> {
    mkdirSync(join(site.folder, 'data'), { recursive: true });
    chmodSync(site.folder, 0o755);
    const ports = { web: await freePort(), mail: await freePort(), spare: await freePort() };
    const world = await startWorld(`http://127.0.0.1:${String(ports.web)}`);
    const installation = new Installation(site, { world, program: await Program.start(), ports });
    try {
      await installation.furnish();
      return installation;
    } catch (error) {
      await installation.close();
      throw error;
    }
  }

  get hubUrl(): string {
    return this.hub.url;
  }

  /** After a death: time passes for whoever waited for the dead, then the next hub starts. Gives the milliseconds of the start. */
  async recover({ realLeases = false } = {}): Promise<number> {
    if (!realLeases) {
      await this.database.passTime();
    }
    return this.hub.start();
  }

  async close(): Promise<void> {
    this.agent?.close();
    await this.hub.close();
    await this.database.close().catch(() => undefined);
    await this.world.close();
    await this.program.close();
  }

  private async furnish(): Promise<void> {
    const { api, hub, world, program } = this;
    await hub.start();
    // Compiled modules are kept when a process ends in order, and every later start is faster for it.
    await hub.stop();
    await hub.start();
    await api.signIn(admin.email, admin.password);
    const agents = await api.get<AgentView[]>('/api/agents');
    const queue = await this.queueOf(agents.map(({ id }) => id));
    await this.promise();
    this.channels = await connectChannels(world, hub.url, (path, body) =>
      api.create(path, { ...(body as object), queueId: queue.id }),
    );
    const own = await api.create<ChannelView>('/api/channels', {
      kind: 'messages',
      name: 'Own program',
      queueId: queue.id,
      config: { url: program.url },
      secrets: { secret: programSecret },
    });
    this.messagesChannel = own.id;
    program.pushTo(`${hub.url}/hooks/messages/${own.id}`);
    (await api.get<ChannelView[]>('/api/channels')).forEach(({ id, kind }) => this.kinds.set(id, kind));
    await api.until('PATCH', '/api/me', { body: { status: 'online' } });
    this.agent = new WatchingAgent(api);
    await this.agent.ready();
  }

  /** One that no run is long enough to break, so that every ticket has a clock. */
  private async promise(): Promise<void> {
    const draft = { scope: {}, targets: { resolution: 86_400_000 } };
    const policy = await this.api.create<SlaPolicyView>('/api/sla-policies', { name: 'Chaos', draft });
    await this.api.until('POST', `/api/sla-policies/${policy.id}/publish`, { body: {} });
  }

  private async queueOf(memberIds: string[]): Promise<QueueView> {
    const [queue] = await this.api.get<QueueView[]>('/api/queues');
    if (queue === undefined) {
      return this.api.create<QueueView>('/api/queues', { name: 'Chaos', memberIds });
    }
    await this.api.until('PATCH', `/api/queues/${queue.id}`, { body: { memberIds } });
    return queue;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
