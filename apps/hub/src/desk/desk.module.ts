import { Module } from '@nestjs/common';
import { IntakeModule } from '../intake/intake.module.js';
import { AttachmentService } from './attachments/attachment.service.js';
import { VisitorFilesController } from './attachments/visitor-files.controller.js';
import { AttachmentsController } from './attachments/attachments.controller.js';
import { UploadSweeper } from './attachments/upload.sweeper.js';
import { ConversationService } from './conversations/conversation.service.js';
import { ConversationsController } from './conversations/conversations.controller.js';
import { ConversationList } from './conversations/list.service.js';
import { CustomerBlocks } from './customers/customer-blocks.service.js';
import { CustomerIdentities } from './customers/customer-identities.service.js';
import { CustomerMerges } from './customers/customer-merges.service.js';
import { CustomerReader } from './customers/customer-reader.service.js';
import { CustomerService } from './customers/customer.service.js';
import { CustomersController } from './customers/customers.controller.js';
import { DeviceSightings } from './customers/device-sightings.listener.js';
import { IdentityProof } from './customers/identity-proof.service.js';
import { IdentitiesController } from './customers/identities.controller.js';
import { LeftBehind } from './customers/left-behind.service.js';
import { CustomerLinksController } from './customers/own-page/customer-links.controller.js';
import { CustomerLinks } from './customers/own-page/customer-links.service.js';
import { DeletionWishes } from './customers/own-page/deletion-wishes.service.js';
import { MyController, OwnPageController } from './customers/own-page/own-page.controller.js';
import { OwnPage } from './customers/own-page/own-page.service.js';
import { StartAnswers } from './customers/start-links/start-answers.service.js';
import { StartLinksController } from './customers/start-links/start-links.controller.js';
import { StartLinks } from './customers/start-links/start-links.service.js';
import { VisitorContinuation } from './customers/start-links/visitor-continuation.service.js';
import { SuppressionsController } from './customers/suppressions.controller.js';
import { Suppressions } from './customers/suppressions.service.js';
import { Suggestions } from './customers/suggestions.service.js';
import { SiteProofs } from './customers/site-proofs.listener.js';
import { ToldPeople } from './customers/told-people.listener.js';
import { MailReparse } from './messages/mail-reparse.service.js';
import { MailSourceController } from './messages/mail-source.controller.js';
import { MailSource } from './messages/mail-source.service.js';
import { MessageRevisions } from './messages/message-revisions.service.js';
import { RevisionsController } from './messages/revisions.controller.js';
import { MessageActs } from './messages/message-acts.service.js';
import { MessageReader } from './messages/message-reader.service.js';
import { MessageWriter } from './messages/message-writer.service.js';
import { MessagesController } from './messages/messages.controller.js';
import { MailPlanner } from './messages/mail-planner.service.js';
import { ReplyOptions } from './messages/reply-options.service.js';
import { SmsTermsController } from './messages/sms-terms.controller.js';
import { ReplyPlanner } from './messages/reply-planner.service.js';
import { ThreadPlaceController } from './messages/thread-place.controller.js';
import { ThreadPlace } from './messages/thread-place.service.js';
import { OffersController } from './offers/offers.controller.js';
import { PersonWork } from './person-work.service.js';
import { QuarantineRetry } from './quarantine/quarantine-retry.service.js';
import { QuarantineController } from './quarantine/quarantine.controller.js';
import { Quarantine } from './quarantine/quarantine.service.js';
import { ExplainController } from './tickets/explain/explain.controller.js';
import { Explain } from './tickets/explain/explain.service.js';
import { TicketRoutingController } from './tickets/routing/ticket-routing.controller.js';
import { TicketRouting } from './tickets/routing/ticket-routing.service.js';
import { TicketAccess } from './tickets/ticket-access.service.js';
import { TicketService } from './tickets/ticket.service.js';
import { TicketsController } from './tickets/tickets.controller.js';

/** The agents' API. */
@Module({
  imports: [IntakeModule],
  controllers: [
    ConversationsController,
    MessagesController,
    SmsTermsController,
    MailSourceController,
    ThreadPlaceController,
    TicketsController,
    OffersController,
    TicketRoutingController,
    ExplainController,
    CustomersController,
    IdentitiesController,
    SuppressionsController,
    CustomerLinksController,
    StartLinksController,
    RevisionsController,
    MyController,
    OwnPageController,
    AttachmentsController,
    VisitorFilesController,
    QuarantineController,
  ],
  providers: [
    PersonWork,
    MessageReader,

    ConversationList,
    ConversationService,
    MessageWriter,
    MessageActs,
    MailSource,
    MailReparse,
    ReplyPlanner,
    MailPlanner,
    ReplyOptions,
    ThreadPlace,
    TicketAccess,
    TicketService,
    TicketRouting,
    Explain,
    ToldPeople,
    DeviceSightings,
    SiteProofs,
    IdentityProof,
    CustomerReader,
    CustomerService,
    Suppressions,
    CustomerIdentities,
    CustomerMerges,
    CustomerBlocks,
    CustomerLinks,
    LeftBehind,
    StartLinks,
    VisitorContinuation,
    StartAnswers,
    MessageRevisions,
    OwnPage,
    DeletionWishes,
    Suggestions,
    AttachmentService,
    UploadSweeper,
    Quarantine,
    QuarantineRetry,
  ],
})
export class DeskModule {}
