import { Module } from '@nestjs/common';
import { AttachmentService } from './attachments/attachment.service.js';
import { VisitorFilesController } from './attachments/visitor-files.controller.js';
import { AttachmentsController } from './attachments/attachments.controller.js';
import { ConversationService } from './conversations/conversation.service.js';
import { ConversationsController } from './conversations/conversations.controller.js';
import { ConversationList } from './conversations/list.service.js';
import { CustomerService } from './customers/customer.service.js';
import { CustomersController } from './customers/customers.controller.js';
import { MessageActs } from './messages/message-acts.service.js';
import { MessageReader } from './messages/message-reader.service.js';
import { MessageWriter } from './messages/message-writer.service.js';
import { MessagesController } from './messages/messages.controller.js';
import { ReplyPlanner } from './messages/reply-planner.service.js';
import { PersonWork } from './person-work.service.js';
import { TicketService } from './tickets/ticket.service.js';
import { TicketsController } from './tickets/tickets.controller.js';

/** The agents' API. */
@Module({
  controllers: [
    ConversationsController,
    MessagesController,
    TicketsController,
    CustomersController,
    AttachmentsController,
    VisitorFilesController,
  ],
  providers: [
    PersonWork,
    MessageReader,

    ConversationList,
    ConversationService,
    MessageWriter,
    MessageActs,
    ReplyPlanner,
    TicketService,
    CustomerService,
    AttachmentService,
  ],
})
export class DeskModule {}
