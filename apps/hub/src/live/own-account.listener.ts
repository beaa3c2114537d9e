import { Injectable } from '@nestjs/common';
import { EventBus } from '../events/event-bus.js';
import { LiveFeed } from './live-feed.service.js';

/** Whoever changes their account in one window finds it changed in the others. */
@Injectable()
export class OwnAccounts {
  constructor(bus: EventBus, live: LiveFeed) {
    bus.on('account.changed', ({ agentId }) => live.toAgents([`agent:${agentId}`], 'me.changed'));
  }
}
