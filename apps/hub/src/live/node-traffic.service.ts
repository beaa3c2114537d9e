import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HubConfig } from '#config';
import { EventBus } from '../events/event-bus.js';
import type { HubEventName } from '../events/hub-events.js';
import { Log } from '../platform/operations/log.js';
import { ChannelDirectory } from '../settings/channel-directory.service.js';
import { LiveFeed } from './live-feed.service.js';
import { NodeLink, type MessageOf } from './node-link.js';
import { NotifyLink } from './notify-link.js';

/**
 * What other nodes should wake up for as well. Not for what one node sees to: where an agent is available the node that noticed it
 * matches the work, and where work is queued the node that queued it, unless it leaves that to others.
 */
const shared: HubEventName[] = [
  'rights.changed',
  'channel.changed',
  'delivery.queued',
  'visitor.taken',
  'team.changed',
  'views.changed',
  'survey.comment_awaited',
  'line.nudge',
];

/** Lets the rooms of this node hear what happened on the others, and the others what happened here. */
@Injectable()
export class NodeTraffic implements OnApplicationBootstrap, OnApplicationShutdown {
  private isRepeating = false;

  constructor(
    private readonly link: NodeLink,
    private readonly bus: EventBus,
    private readonly live: LiveFeed,
    private readonly channels: ChannelDirectory,
    private readonly log: Log,
    config: HubConfig,
  ) {
    shared.forEach((name) => this.share(name));
    if (config.role === 'web') {
      this.share('work.queued');
    }
    link.on('event', (event) => this.repeat(event));
    link.on('moves', ({ moves }) => void live.overheard(moves));
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.link instanceof NotifyLink) {
      this.live.connect({ tell: (moves) => this.link.send({ kind: 'moves', moves }) });
    }
    await this.link.open();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.link.close();
  }

  private share(name: HubEventName): void {
    this.bus.on(name, (payload) => {
      if (!this.isRepeating) {
        this.link.send({ kind: 'event', name, payload } as MessageOf<'event'>);
      }
    });
  }

  /** Listeners are called before `emit` returns, so what they hear from here is known to come from elsewhere. */
  private repeat(event: MessageOf<'event'>): void {
    if (event.name === 'channel.changed') {
      // The directory tells its room itself, once it has read what changed.
      this.channels
        .refresh()
        .catch((error: unknown) => this.log.debug('Channels stay as they were.', { reason: String(error) }));
      return;
    }
    this.isRepeating = true;
    try {
      this.bus.emit(event.name, event.payload as never);
    } finally {
      this.isRepeating = false;
    }
  }
}
