import { Module } from '@nestjs/common';
import { AnswerArrivals } from './answer-arrivals.service.js';
import { AutomaticMail } from './automatic-mail.service.js';
import { Albums } from './chats/albums.service.js';
import { ArrivalMeanings } from './arrival-meanings.service.js';
import { ArrivalProofs } from './chats/arrival-proofs.service.js';
import { ChatArrivals } from './chats/chat-arrivals.service.js';
import { Presses } from './chats/presses.service.js';
import { Revisions } from './chats/revisions.service.js';
import { CallGrower } from './call-grower.service.js';
import { InboundSpool } from './inbound-spool.service.js';
import { IntakeService } from './intake.service.js';
import { MailReceiver } from './mail-receiver.service.js';
import { MediaFetcher } from './media.sweeper.js';
import { Poller } from './poller.service.js';
import { ArrivedFiles } from './arrived-files.service.js';
import { Receiving } from './receiving.service.js';
import { RecentOutreach } from './recent-outreach.service.js';
import { SmsArrivals } from './sms-arrivals.service.js';
import { SmsReconciliation } from './sms-reconciliation.service.js';
import { ThreadFinder } from './thread-finder.service.js';
import { WebhookController } from './webhook.controller.js';

/** How messages come in. */
@Module({
  controllers: [WebhookController],
  providers: [
    AnswerArrivals,
    AutomaticMail,
    Albums,
    ArrivalMeanings,
    ArrivalProofs,
    ChatArrivals,
    Presses,
    Revisions,
    IntakeService,
    CallGrower,
    ArrivedFiles,
    Receiving,
    RecentOutreach,
    SmsArrivals,
    SmsReconciliation,
    ThreadFinder,
    InboundSpool,
    Poller,
    MailReceiver,
    MediaFetcher,
  ],
  exports: [AnswerArrivals, ArrivalProofs, CallGrower, IntakeService, Presses, Receiving, RecentOutreach, InboundSpool],
})
export class IntakeModule {}
