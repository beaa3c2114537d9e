import { Global, Module } from '@nestjs/common';
import { AutomaticAnswers } from './automatic-answers.service.js';
import { AutomaticMessages } from './automatic-messages.service.js';
import { DeliveryProcessor } from './delivery.processor.js';
import { MailRecordsSweeper } from './mail-records.sweeper.js';
import { FailedSends } from './failed-sends.service.js';
import { MailReports } from './mail-reports.service.js';
import { MediaLinks } from './media-links.service.js';
import { MediaController } from './media.controller.js';
import { OptOuts } from './opt-outs.service.js';
import { Outgoing } from './outgoing.service.js';
import { OutboundDrafts } from './outbound-drafts.service.js';
import { OutboxFigures } from './outbox-figures.service.js';
import { OutboxRelay } from './outbox.relay.js';
import { Reachability } from './reachability.service.js';
import { Receipts } from './receipts.service.js';
import { SendPermits } from './send-permits.service.js';
import { SendingPaces } from './sending-paces.service.js';
import { ThreadTokens } from './thread-tokens.service.js';
import { TypingSigns } from './typing-signs.listener.js';
import { UnsubscribeController } from './unsubscribe.controller.js';
import { Unsubscribes } from './unsubscribes.service.js';

/** How messages go out, and what is heard of them later. */
@Global()
@Module({
  controllers: [MediaController, UnsubscribeController],
  providers: [
    AutomaticAnswers,
    AutomaticMessages,
    DeliveryProcessor,
    FailedSends,
    OutboundDrafts,
    MailRecordsSweeper,
    MailReports,
    MediaLinks,
    OutboxFigures,
    OutboxRelay,
    OptOuts,
    Outgoing,
    Reachability,
    SendingPaces,
    SendPermits,
    Receipts,
    ThreadTokens,
    TypingSigns,
    Unsubscribes,
  ],
  exports: [
    AutomaticAnswers,
    AutomaticMessages,
    MailReports,
    OptOuts,
    Outgoing,
    Reachability,
    Receipts,
    SendPermits,
    ThreadTokens,
    Unsubscribes,
  ],
})
export class DeliveryModule {}
