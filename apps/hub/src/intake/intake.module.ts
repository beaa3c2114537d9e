import { Module } from '@nestjs/common';
import { AutomaticMail } from './automatic-mail.service.js';
import { CallGrower } from './call-grower.service.js';
import { InboundSpool } from './inbound-spool.service.js';
import { IntakeService } from './intake.service.js';
import { MailReceiver } from './mail-receiver.service.js';
import { MediaFetcher } from './media.sweeper.js';
import { Poller } from './poller.service.js';
import { ArrivedFiles } from './arrived-files.service.js';
import { Receiving } from './receiving.service.js';
import { ThreadFinder } from './thread-finder.service.js';
import { WebhookController } from './webhook.controller.js';

/** How messages come in. */
@Module({
  controllers: [WebhookController],
  providers: [
    AutomaticMail,
    IntakeService,
    CallGrower,
    ArrivedFiles,
    Receiving,
    ThreadFinder,
    InboundSpool,
    Poller,
    MailReceiver,
    MediaFetcher,
  ],
  exports: [Receiving, InboundSpool],
})
export class IntakeModule {}
