import { v7 as uuid } from 'uuid';
import type { ConversationView, CustomerView, QueueView } from '#contract';
import type { InboundMessage, Sender } from '#channels';
import { Receiving } from '../../apps/hub/src/intake/receiving.service.js';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { buildAgent, signedIn, type Answered, type Call, type Caller } from './build-rows.js';
import { startTestHub, type HubWishes, type TestHub } from './start-hub.js';

/** Somebody who wrote: their conversation row and themselves. */
export interface Writer {
  conversation: string;
  customer: string;
  identity: string;
  address: string;
}

export type Said = Partial<Sender> & { address: string; text?: string; event?: Partial<InboundMessage> };

/** A hub with one queue, one channel for texts and one for mail, and an agent who serves the queue. */
export class PeopleDesk {
  readonly channel = { id: uuid(), kind: 'messages' as const };
  readonly mail = { id: uuid(), kind: 'email' as const };
  admin!: Caller;
  agent!: Caller;
  agentId = '';
  queue = '';

  private constructor(readonly hub: TestHub) {}

  static async start(wishes: HubWishes = {}): Promise<PeopleDesk> {
    const desk = new PeopleDesk(await startTestHub(wishes));
    await desk.furnish();
    return desk;
  }

  /** The same desk seen from another node of the installation. */
  static on(hub: TestHub): PeopleDesk {
    return new PeopleDesk(hub);
  }

  async furnish(): Promise<void> {
    const { database } = this.hub;
    const [root] = await database.query<{ id: string }>(`select id from agent where role = 'admin'`);
    this.admin = await signedIn(this.hub, (root as { id: string }).id);
    const [queue] = (await this.admin.call<QueueView[]>('/api/queues')).body;
    this.queue = (queue as QueueView).id;
    await database.query(
      `insert into channel (id, kind, name, queue_id, config) values ($1, 'messages', 'Texts', $3, '{}'), ($2, 'email', 'Mail', $3, $4)`,
      [
        this.channel.id,
        this.mail.id,
        this.queue,
        JSON.stringify({
          address: 'support@peyk.test',
          fromName: 'Peyk',
          verifySenders: false,
          smtp: { host: '127.0.0.1', port: 9, secure: false },
        }),
      ],
    );
    await this.hub.app.get(ChannelDirectory).refresh();
    const built = await buildAgent(database, { name: 'Sara' });
    this.agentId = built.id;
    this.agent = await this.member(built.id, this.queue);
  }

  /** An agent of these queues, signed in. */
  async member(agentId: string | null, ...queues: string[]): Promise<Caller> {
    const id = agentId ?? (await buildAgent(this.hub.database)).id;
    for (const queue of queues) {
      await this.hub.database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [queue, id]);
    }
    return signedIn(this.hub, id);
  }

  /** Takes in a message and gives who wrote it. */
  async hear(said: Said, channel: { id: string; kind: 'messages' | 'email' } = this.channel): Promise<Writer> {
    const { address, text = 'hello', event, kind = 'phone', trust = 'channel_given', name = '' } = said;
    await this.hub.app.get(Receiving, { strict: false }).take(channel, [
      {
        type: 'message',
        externalId: uuid(),
        raw: Buffer.from(text),
        from: { kind, address, trust, name },
        claims: [],
        sentAt: null,
        kind: 'text',
        text,
        attachments: [],
        mail: null,
        replyTo: null,
        flags: [],
        ...event,
      },
    ]);
    return this.writer(kind, address);
  }

  async writer(kind: string, address: string): Promise<Writer> {
    const [row] = await this.hub.database.query<Writer & Record<string, unknown>>(
      `select c.id as conversation, i.customer_id as customer, i.id as identity, i.address
       from identity i join conversation c on c.customer_id = i.customer_id
       where i.kind = $1 and i.address = $2 and i.retired_at is null order by i.last_seen_at desc nulls last limit 1`,
      [kind, address],
    );
    return row as Writer;
  }

  async open(conversation: string, caller: Caller = this.agent): Promise<ConversationView> {
    return (await caller.call<ConversationView>(`/api/conversations/${conversation}`)).body;
  }

  customer<Body = CustomerView>(id: string, path = '', call: Call = {}, caller = this.agent): Promise<Answered<Body>> {
    return caller.call<Body>(`/api/customers/${id}${path}`, call);
  }

  merge(from: string, into: string, more: object = {}): Promise<Answered<CustomerView & { code?: string }>> {
    return this.customer(from, '/merge', { body: { into, ...more } });
  }

  part(customer: string): Promise<Answered<CustomerView & { code?: string }>> {
    return this.customer(customer, '/merge', { method: 'DELETE' });
  }

  stop(): Promise<void> {
    return this.hub.stop();
  }
}

let count = 0;

/** A mobile number that nobody in this test file has had. */
export function freshPhone(): string {
  count += 1;
  return `+98912${String(count).padStart(7, '0')}`;
}

export function freshMail(domain = 'example.org'): string {
  count += 1;
  return `person${String(count)}@${domain}`;
}
