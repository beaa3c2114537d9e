import { Global, Module } from '@nestjs/common';
import { DeliveryProcessor } from './delivery.processor.js';
import { Outgoing } from './outgoing.service.js';
import { OutboxFigures } from './outbox-figures.service.js';
import { OutboxRelay } from './outbox.relay.js';
import { Receipts } from './receipts.service.js';
import { ThreadTokens } from './thread-tokens.service.js';

/** How messages go out, and what is heard of them later. */
@Global()
@Module({
  providers: [DeliveryProcessor, OutboxFigures, OutboxRelay, Outgoing, Receipts, ThreadTokens],
  exports: [Outgoing, Receipts, ThreadTokens],
})
export class DeliveryModule {}
