import { Module } from '@nestjs/common';
import { IntakeModule } from '../intake/intake.module.js';
import { AttachmentService } from './attachments/attachment.service.js';
import { VisitorFilesController } from './attachments/visitor-files.controller.js';
import { AttachmentsController } from './attachments/attachments.controller.js';
import { UploadSweeper } from './attachments/upload.sweeper.js';
import { BulkActs } from './bulk/bulk-acts.service.js';
import { BulkController } from './bulk/bulk.controller.js';
import { BulkRuns } from './bulk/bulk-runs.service.js';
import { BulkSweeper } from './bulk/bulk.sweeper.js';
import { ConversationService } from './conversations/conversation.service.js';
import { ConversationsController } from './conversations/conversations.controller.js';
import { ConversationList } from './conversations/list.service.js';
import { UnreadMarks } from './conversations/unread-marks.service.js';
import { CustomerBlocks } from './customers/customer-blocks.service.js';
import { CustomerIdentities } from './customers/customer-identities.service.js';
import { CustomerMerges } from './customers/customer-merges.service.js';
import { CustomerReader } from './customers/customer-reader.service.js';
import { CustomerOpening } from './customers/customer-opening.service.js';
import { CustomerService } from './customers/customer.service.js';
import { CustomersController } from './customers/customers.controller.js';
import { DeviceSightings } from './customers/device-sightings.listener.js';
import { IdentityProof } from './customers/identity-proof.service.js';
import { IdentitiesController } from './customers/identities.controller.js';
import { CrossingTickets } from './customers/crossing-tickets.service.js';
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
import { MacroRuns } from './macros/macro-runs.service.js';
import { MacrosController, TicketMacrosController } from './macros/macros.controller.js';
import { Macros } from './macros/macros.service.js';
import { DraftsController } from './drafts/drafts.controller.js';
import { Drafts } from './drafts/drafts.service.js';
import { HeldMessagesController } from './messages/held/held-messages.controller.js';
import { HeldMessages } from './messages/held/held-messages.service.js';
import { HeldMessagesSweeper } from './messages/held/held-messages.sweeper.js';
import { MailReparse } from './messages/mail-reparse.service.js';
import { MailSourceController } from './messages/mail-source.controller.js';
import { MailSource } from './messages/mail-source.service.js';
import { AttemptsController } from './messages/attempts.controller.js';
import { MessageAttempts } from './messages/message-attempts.service.js';
import { MessageRevisions } from './messages/message-revisions.service.js';
import { RevisionsController } from './messages/revisions.controller.js';
import { AfterSend } from './messages/after-send.service.js';
import { LeftMessages } from './messages/held/left-messages.service.js';
import { LoggedCalls } from './messages/logged-calls.service.js';
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
import { IncidentAnswers } from './tickets/lifecycle/incident-answers.service.js';
import { LifecycleController } from './tickets/lifecycle/lifecycle.controller.js';
import { LifecycleLines } from './tickets/lifecycle/lifecycle-lines.service.js';
import { MessageMoves } from './tickets/lifecycle/message-moves.service.js';
import { RelatedTickets } from './tickets/lifecycle/related-tickets.service.js';
import { TicketChanges } from './tickets/lifecycle/ticket-changes.service.js';
import { TicketFamilies } from './tickets/lifecycle/ticket-families.service.js';
import { TicketMerges } from './tickets/lifecycle/ticket-merges.service.js';
import { TicketReader } from './tickets/lifecycle/ticket-reader.service.js';
import { Followers } from './tickets/properties/followers.service.js';
import { NoteMentions } from './tickets/properties/note-mentions.service.js';
import { PropertyReader } from './tickets/properties/property-reader.service.js';
import { TicketPropertiesController } from './tickets/properties/ticket-properties.controller.js';
import { TicketProperties } from './tickets/properties/ticket-properties.service.js';
import { TicketSpam } from './tickets/properties/ticket-spam.service.js';
import { SearchController } from './search/search.controller.js';
import { Search } from './search/search.service.js';
import { TicketAccess } from './tickets/ticket-access.service.js';
import { TicketService } from './tickets/ticket.service.js';
import { TicketsController } from './tickets/tickets.controller.js';
import { ViewsModule } from './views/views.module.js';

/** The agents' API. */
@Module({
  imports: [IntakeModule, ViewsModule],
  controllers: [
    ConversationsController,
    SearchController,
    BulkController,
    MessagesController,
    HeldMessagesController,
    DraftsController,
    SmsTermsController,
    MailSourceController,
    ThreadPlaceController,
    TicketsController,
    MacrosController,
    TicketMacrosController,
    OffersController,
    TicketRoutingController,
    ExplainController,
    TicketPropertiesController,
    LifecycleController,
    CustomersController,
    IdentitiesController,
    SuppressionsController,
    CustomerLinksController,
    StartLinksController,
    RevisionsController,
    AttemptsController,
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
    UnreadMarks,
    Search,
    ConversationService,
    MessageWriter,
    HeldMessages,
    Drafts,
    HeldMessagesSweeper,
    LeftMessages,
    AfterSend,
    MessageAttempts,
    LoggedCalls,
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
    Followers,
    NoteMentions,
    PropertyReader,
    TicketProperties,
    TicketSpam,
    BulkActs,
    BulkRuns,
    BulkSweeper,
    RelatedTickets,
    LifecycleLines,
    TicketReader,
    TicketChanges,
    TicketMerges,
    MessageMoves,
    TicketFamilies,
    IncidentAnswers,
    Macros,
    MacroRuns,
    ToldPeople,
    DeviceSightings,
    SiteProofs,
    IdentityProof,
    CustomerReader,
    CustomerOpening,
    CustomerService,
    Suppressions,
    CustomerIdentities,
    CustomerMerges,
    CustomerBlocks,
    CustomerLinks,
    LeftBehind,
    CrossingTickets,
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
  exports: [BulkRuns, CustomerReader, PersonWork, TicketService],
})
export class DeskModule {}
