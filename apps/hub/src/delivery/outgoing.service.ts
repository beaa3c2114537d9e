import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { enqueueDelivery, type NewDelivery } from '#channels';
import type { Transaction } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';

/** The one way out: whoever writes a message that must leave puts it in its line here, in the same transaction. */
@Injectable()
export class Outgoing {
  constructor(private readonly bus: EventBus) {}

  async enqueue(tx: Transaction, message: Omit<NewDelivery, 'id'>): Promise<void> {
    await enqueueDelivery(tx, { id: uuid(), ...message });
    this.bus.emitAfterCommit(tx, 'delivery.queued', { channelId: message.channelId });
  }
}
