/**
 * Channels: traffic to and from people, and the one conversation each of them has.
 *
 * Adapters read and write what providers speak and store nothing. The other rooms keep customers, conversations, messages and
 * the outbox. This library knows no tickets, bots or hub, publishes nothing and schedules nothing: it returns what happened.
 */
export type * from './message.js';
export type * from './sql.js';
export * from './channel-adapter.js';
export { createAdapters, findMisfit, type AdapterOptions, type Adapters } from './channel-registry.js';
export { isSameSecret } from './wire/same-secret.js';
export { exchange, ExchangeFailed, type AgentChoice } from './wire/http-exchange.js';
export { retryAfterMs } from './wire/sending-errors.js';
export type { MessagesSettings } from './messages/messages-settings.js';
export { signWebhook } from './messages/standard-webhook.js';
export { writeInbound, type SimulatedMessage } from './simulate/write-inbound.js';
export { linearPattern } from './linear-pattern.js';
export { matchKey } from './match-key.js';
export { storableText } from './storable-text.js';
export { normalisePhone } from './phone-number.js';
export { normaliseEmail, splitTag } from './email/email-address.js';
export { PollTrouble } from './email/imap/poll-trouble.js';
export { readIncomplete } from './email/imap/read-incomplete-mail.js';
export { isIncomplete } from './email/imap/read-new-mails.js';
export { mailRecipients } from './email/mail-recipients.js';
export { emailAddresses, type EmailSettings } from './email/email.adapter.js';
export { startMailReceiver, type MailReceiver, type Mailbox, type ReceivedMail } from './email/mail-receiver.js';
export { closeMailReaders, mailPageApart, parseEmailApart } from './email/apart/read-apart.js';
export { withPictures } from './email/html/fetch-pictures.js';
export { mailPagePolicy, type MailPage } from './email/html/mail-page.js';
export { mailLimits, parseEmail } from './email/parse-email.js';
export { readMessageId, readThreadToken, signMessageId, signThreadToken, type OwnMail } from './email/thread-token.js';
export { ownIdHeader } from './email/render-mail.js';
export { bareSubject, isSameSubject } from './email/same-subject.js';
export { checkDnsRecords, systemDnsQuestions, type DnsQuestions, type DnsRecord } from './email/dns-records.js';
export { dkimName, dkimRecord, makeDkimKey } from './email/outgoing/dkim.js';
export { inLanguage, logoContentId } from './email/outgoing/dress-mail.js';
export { layOutMail } from './email/outgoing/lay-out-mail.js';
export { otherIdsOf } from './email/outgoing/other-ids.js';
export {
  contentIdOf,
  type MailDress,
  type OutgoingFile,
  type OutgoingMail,
  type QuotedMail,
  shownFile,
} from './email/outgoing/outgoing-mail.js';
export { outgoingOf } from './email/outgoing/outgoing-settings.js';
export { PartlyRefused } from './email/outgoing/partly-refused.js';
export { addressesBut, mayBeQuotedTo, replyAllCopies } from './email/outgoing/reply-all.js';
export { findBodyToken, replyMarkerAttribute, replyMarkers } from './email/outgoing/reply-marker.js';
export { type AppendSent } from './email/outgoing/sent-copy.js';
export { readUnsubscribe, signUnsubscribe, type Unsubscription } from './email/outgoing/unsubscribe.js';
export { answerBudget, refusalToAnswer, type AnswerFacts, type AnswerRefusal } from './email/may-answer.js';
export { automaticEnvelope, type AutomaticEnvelope } from './email/automatic-headers.js';
export { verifySender } from './email/verify-sender.js';
export { AgiGone, type AgiConnection, type AgiEnvironment } from './phone/agi/agi-connection.js';
export { AgiLine, recordingOf, recordingScheme } from './phone/agi/agi-line.js';
export { startAgiServer, type AgiArrival, type AgiServer } from './phone/agi/agi-server.js';
export { callParty } from './phone/call-party.js';
export { growCall } from './phone/grow-call.js';
export type { CdrTableSettings } from './phone/cdr/cdr-settings.js';
export { cdrTerms, problemsOfTerms, type CdrFault, type CdrTerms } from './phone/cdr/cdr-terms.js';
export {
  cdrQuery,
  cdrSince,
  followCdrTable,
  type CdrTableCursor,
  type CdrTableRow,
} from './phone/cdr/follow-cdr-table.js';
export { readCdrCalls } from './phone/cdr/read-cdr-calls.js';
export { readCdrLines, splitCdrLine, type CdrLine } from './phone/cdr/read-cdr-lines.js';
export { sniffCdr } from './phone/cdr/sniff-cdr.js';
export type * from './phone/line.js';
export type { PhoneAdapter } from './phone/phone.adapter.js';
export { createJambonzApi, type JambonzApi } from './phone/jambonz/jambonz-api.js';
export { readJambonzLine } from './phone/jambonz/read-jambonz.js';
export {
  redirectJambonz,
  renderJambonz,
  renderJambonzWait,
  sayJambonz,
  type JambonzLine,
  type JambonzVerb,
} from './phone/jambonz/render-jambonz.js';
export type { AsteriskSettings, JambonzSettings, TwilioVoiceSettings } from './phone/phone-settings.js';
export { createTwilioVoiceApi, type TwilioVoiceApi } from './phone/twilio-voice-api.js';
export { readTwilioLine, silenceOf, type TwilioLineRequest } from './phone/twiml/read-twilio-line.js';
export {
  calledName,
  redirectTwiml,
  renderTwiml,
  renderTwimlWait,
  sayTwiml,
  twiml,
  type TwilioLine,
} from './phone/twiml/render-twiml.js';
export { previewGatewaySend, tryGatewayMap, type MapTrial } from './sms/gateway/try-map.js';
export { wordsOfConsent } from './sms/consent-answers.js';
export { readConsent } from './sms/consent-words.js';
export { refusalOfDestination } from './sms/destination.js';
export { chosenFrom, numberedMenu } from './sms/numbered-menu.js';
export { countSegments, type Segments } from './sms/segments.js';
export { smsFactsOf } from './sms/sms-facts.js';
export type { SmsAdapter } from './sms/sms.adapter.js';
export type { Question, Reconciled } from './sms/sms-driver.js';
export type { GatewaySettings, SmsSettings } from './sms/sms-settings.js';
export {
  readSiteToken,
  type SiteAddress,
  type SiteKey,
  type SiteTokenFault,
  type SiteTokenReading,
  type SiteUser,
} from './web/site-token.js';
export { cleanPage, type PageOfSite } from './web/page-of-site.js';
export type { WebSettings } from './web/web.adapter.js';
export { programEndings, whyNotFile, type WebInside } from './web/web-inside.js';
export {
  chooseFields,
  listConflicts,
  type FieldChoices,
  type FieldConflict,
  type Side,
} from './customers/choose-fields.js';
export { decideLink, type Belief, type LinkDecision } from './customers/decide-link.js';
export {
  mergeCustomers,
  undoMerge,
  type CustomerRow,
  type MergeAct,
  type MergeResult,
  type UndoResult,
} from './customers/merge-customers.js';
export { isRoleAddress, roleMailboxes } from './customers/role-address.js';
export type * from './history/history-piece.js';
export { historyReaders } from './history/history-readers.js';
export { isObject } from './history/json-fields.js';
export { BrokenRecords, readJsonRecords } from './history/read-json-records.js';
export { peopleColumns, readPeopleLine } from './history/read-people-line.js';
export { htmlToText } from './email/mime/html-to-text.js';
export { decideOutcome } from './outbox/decide-outcome.js';
export {
  claimDeliveries,
  claimPacedDeliveries,
  enqueueDelivery,
  interrupted,
  receiptKey,
  renewClaims,
  settleDelivery,
  type ClaimedDelivery,
  type NewDelivery,
  type Settlement,
} from './outbox/outbox.js';
