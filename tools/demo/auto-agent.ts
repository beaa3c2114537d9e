import { io, type Socket } from 'socket.io-client';
import { v7 as uuid } from 'uuid';
import type { ConversationView, ListRow, Page, TicketView } from '#contract';
import type { DemoAgent, Furniture } from './furnish.js';
import type { HubClient } from './hub-client.js';
import type { SimulatedCustomer } from './simulated-customer.js';

/** How long an agent reads before the answer, in milliseconds of their own time. */
const readsMs = { least: 8_000, most: 22_000 };

/** Who of the people on stage a conversation is with; null for somebody real. */
export type Recognise = (view: ConversationView) => SimulatedCustomer | null;

/**
 * An agent who works by themselves, over the same API and socket as a console: answers their own tickets with the lines of the
 * story, sends what belongs elsewhere to its queue, and solves what is told. Leaves alone whoever is not of the demonstration.
 */
export class AutoAgent {
  private socket: Socket | null = null;
  private readonly dueAt = new Map<string, number>();
  private isBusy = false;

  constructor(
    private readonly agent: DemoAgent,
    private readonly hub: HubClient,
    private readonly furniture: Furniture,
    private readonly recognise: Recognise,
    private readonly speed: number,
  ) {}

  /** Opens the console's socket, which is what makes them present. */
  async arrive(): Promise<void> {
    await this.hub.patch('/api/me', { status: this.agent.works ? 'online' : 'away' });
    this.socket = io(`${this.hub.url}/agent`, {
      transports: ['websocket'],
      forceNew: true,
      extraHeaders: { cookie: this.hub.cookie, origin: this.hub.url },
    });
  }

  leave(): void {
    this.socket?.disconnect();
  }

  async act(now: number): Promise<void> {
    if (this.isBusy || !this.agent.works) {
      return;
    }
    this.isBusy = true;
    try {
      const { rows } = await this.hub.get<Page<ListRow>>('/api/conversations?view=mine&limit=50');
      for (const row of rows.filter(({ last }) => last?.direction === 'in')) {
        await this.consider(row, now);
      }
    } finally {
      this.isBusy = false;
    }
  }

  private async consider({ ticket, conversation, last }: ListRow, now: number): Promise<void> {
    const key = `${ticket.id} ${last?.at ?? ''}`;
    const dueAt = this.dueAt.get(key);
    if (dueAt === undefined) {
      const pause = readsMs.least + Math.random() * (readsMs.most - readsMs.least);
      this.dueAt.set(key, now + pause / this.speed);
      this.socket?.emit('conversation.open', { conversation });
      this.socket?.emit('typing', { conversation, on: true });
    } else if (now >= dueAt) {
      this.dueAt.delete(key);
      await this.handle(ticket, conversation);
      this.socket?.emit('typing', { conversation, on: false });
      this.socket?.emit('conversation.close', { conversation });
    }
  }

  private async handle(ticket: TicketView, conversation: string): Promise<void> {
    const view = await this.hub.get<ConversationView>(`/api/conversations/${conversation}`);
    const customer = this.recognise(view);
    if (customer === null) {
      return;
    }
    await this.hub.post(`/api/conversations/${conversation}/read`, lastOf(view));
    const queueId = this.furniture.queues[customer.queue];
    if (ticket.queueId !== queueId) {
      await this.pass(ticket, conversation, { queueId, tags: customer.story.tags });
      return;
    }
    const line = customer.progress.take('agent');
    if (line !== null) {
      await this.reply(view, ticket, line);
    } else if (customer.progress.isOver) {
      await this.hub.patch(`/api/tickets/${ticket.id}`, { version: ticket.version, state: 'solved' });
    }
  }

  private async pass(ticket: TicketView, conversation: string, to: { queueId: string; tags: string[] }): Promise<void> {
    const body =
      this.agent.locale === 'fa' ? 'کار بخش دیگری است؛ فرستادم برای همکاران.' : 'Not ours: passed to the right team.';
    await this.hub.post(`/api/conversations/${conversation}/messages`, { id: uuid(), kind: 'note', body });
    await this.hub.patch(`/api/tickets/${ticket.id}`, { version: ticket.version, ...to });
  }

  private async reply(view: ConversationView, ticket: TicketView, body: string): Promise<void> {
    const asked = view.messages.find(({ direction }) => direction === 'in');
    const usable = view.ways.filter(({ unavailable }) => unavailable === null);
    const way = usable.find(({ channelId }) => channelId === asked?.channel?.id) ?? usable[0];
    if (way) {
      await this.hub.post(`/api/conversations/${view.id}/messages`, {
        id: uuid(),
        kind: 'text',
        body,
        channelId: way.channelId,
        identityId: way.identityId,
        threadId: way.threadId,
        ticketId: ticket.id,
      });
    }
  }
}

/** The newest message, as the place up to which it was read. Messages come newest first. */
function lastOf(view: ConversationView): { conversation: string; seq: number } {
  const [newest] = view.messages;
  return { conversation: newest?.conversation ?? view.id, seq: newest?.seq ?? 0 };
}
