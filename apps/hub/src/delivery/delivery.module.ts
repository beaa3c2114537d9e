import { Global, Module } from '@nestjs/common';
import { AutomaticAnswers } from './automatic-answers.service.js';
import { DeliveryProcessor } from './delivery.processor.js';
import { MailReports } from './mail-reports.service.js';
import { Outgoing } from './outgoing.service.js';
import { OutboxFigures } from './outbox-figures.service.js';
import { OutboxRelay } from './outbox.relay.js';
import { Receipts } from './receipts.service.js';
import { ThreadTokens } from './thread-tokens.service.js';
import { UnsubscribeController } from './unsubscribe.controller.js';
import { Unsubscribes } from './unsubscribes.service.js';

/** How messages go out, and what is heard of them later. */
@Global()
@Module({
  controllers: [UnsubscribeController],
  providers: [
    AutomaticAnswers,
    DeliveryProcessor,
    MailReports,
    OutboxFigures,
    OutboxRelay,
    Outgoing,
    Receipts,
    ThreadTokens,
    Unsubscribes,
  ],
  exports: [AutomaticAnswers, MailReports, Outgoing, Receipts, ThreadTokens, Unsubscribes],
})
export class DeliveryModule {}
