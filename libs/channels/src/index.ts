/**
 * Channels: traffic to and from people, and the one conversation each of them has.
 *
 * Adapters read and write what providers speak and store nothing. The other rooms keep customers, conversations, messages and
 * the outbox. This library knows no tickets, bots or hub, publishes nothing and schedules nothing: it returns what happened.
 */
export type * from './message.js';
export type * from './sql.js';
export * from './channel-adapter.js';
export { createAdapters, type AdapterOptions, type Adapters } from './channel-registry.js';
export type { AgentChoice } from './wire/http-exchange.js';
export { matchKey } from './match-key.js';
export { storableText } from './storable-text.js';
export { normalisePhone } from './phone-number.js';
export { normaliseEmail } from './email/email-address.js';
export { emailAddresses, type EmailSettings } from './email/email.adapter.js';
export { startMailReceiver, type MailReceiver, type Mailbox, type ReceivedMail } from './email/mail-receiver.js';
export { mailLimits, parseEmail } from './email/parse-email.js';
export { readThreadToken, signThreadToken } from './email/thread-token.js';
export { verifySender } from './email/verify-sender.js';
export { growCall } from './phone/grow-call.js';
export type { WebSettings } from './web/web.adapter.js';
export { mergeCustomers, undoMerge, type MergeResult, type UndoResult } from './customers/merge-customers.js';
export { decideOutcome } from './outbox/decide-outcome.js';
export {
  claimDeliveries,
  enqueueDelivery,
  receiptKey,
  renewClaims,
  settleDelivery,
  type ClaimedDelivery,
  type NewDelivery,
  type Settlement,
} from './outbox/outbox.js';
