import { Injectable } from '@nestjs/common';
import { EventBus } from '../../events/event-bus.js';
import { LiveFeed } from '../../live/live-feed.service.js';

/** Tells agents who rings their phone, where the exchange rings it by itself. */
@Injectable()
export class RingingPhones {
  constructor(bus: EventBus, live: LiveFeed) {
    bus.on('call.ringing', ({ agentId, ...frame }) => live.toAgents([`agent:${agentId}`], 'call.ringing', frame));
  }
}
