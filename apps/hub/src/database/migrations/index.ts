import type { MigrationInterface } from 'typeorm';
import { Guards } from './0001-guards.js';
import { People } from './0002-people.js';
import { Timeline } from './0003-timeline.js';
import { AgentsAndQueues } from './0004-agents-and-queues.js';
import { Tickets } from './0005-tickets.js';
import { Routing } from './0006-routing.js';
import { CalendarsAndSla } from './0007-calendars-and-sla.js';
import { Bots } from './0008-bots.js';
import { RulesAndCsat } from './0009-rules-and-csat.js';
import { DeliveryAndIntake } from './0010-delivery-and-intake.js';
import { AccessAndAudit } from './0011-access-and-audit.js';
import { WhereTheLibrariesMeet } from './0012-where-the-libraries-meet.js';
import { HolderFollowsWork } from './0013-holder-follows-work.js';
import { LookupsOfTheHub } from './0014-lookups-of-the-hub.js';
import { RateLimits } from './0015-rate-limits.js';
import { ConnectionsAndUploads } from './0016-connections-and-uploads.js';
import { SuppressedAddresses } from './0017-suppressed-addresses.js';
import { HowPollingFares } from './0019-how-polling-fares.js';
import { WhoIsWho } from './0020-who-is-who.js';
import { ThreadsAndLists } from './0021-threads-and-lists.js';
import { TicketChangeAsksLate } from './0022-ticket-change-asks-late.js';
import { ChatsInDepth } from './0023-chats-in-depth.js';
import { ConsentAndLimits } from './0024-consent-and-limits.js';
import { SiteVisitors } from './0025-site-visitors.js';
import { VisitorsOfChats } from './0026-visitors-of-chats.js';
import { WebhooksAndWatch } from './0027-webhooks-and-watch.js';
import { WhomAMailReached } from './0028-whom-a-mail-reached.js';
import { WhoWasWho } from './0029-who-was-who.js';
import { PromisesKept } from './0030-promises-kept.js';
import { ContactCentre } from './0031-contact-centre.js';
import { WhileTheyWait } from './0032-while-they-wait.js';
import { QueuesThatWere } from './0033-queues-that-were.js';
import { TicketsLifecycle } from './0034-tickets-lifecycle.js';
import { TicketProperties } from './0035-ticket-properties.js';
import { RulesThatRun } from './0036-rules.js';
import { MacrosRepliesArticles } from './0037-macros-replies-articles.js';
import { SurveysOfAllKinds } from './0038-surveys.js';
import { PeopleByRoot } from './0039-people-by-root.js';
import { BotsThatTalk } from './0040-bots-that-talk.js';
import { LifeOfScripts } from './0041-life-of-scripts.js';
import { Segments } from './0042-segments.js';
import { OutreachToSegments } from './0043-outreach.js';
import { WebhooksTellFrom } from './0044-webhooks-tell-from.js';
import { LinesThatPeykAnswers } from './0045-lines-that-peyk-answers.js';
import { CallsAsWork } from './0046-calls-as-work.js';
import { SourcesOfCalls } from './0047-sources-of-calls.js';
import { PromptsAndRecordings } from './0048-prompts-and-recordings.js';
import { HeldMessages } from './0049-held-messages.js';
import { Drafts } from './0050-drafts.js';
import { SavedViews } from './0051-saved-views.js';
import { BulkRuns } from './0052-bulk-runs.js';
import { NoticesAndPush } from './0053-notices-and-push.js';
import { OwnPreferences } from './0054-own-preferences.js';
import { FindingCustomers } from './0055-finding-customers.js';
import { FirstSteps } from './0056-first-steps.js';
import { Accounts } from './0057-accounts.js';
import { OwnRoles } from './0058-own-roles.js';
import { LiveBoard } from './0059-live-board.js';
import { Reports } from './0061-reports.js';
import { Privacy } from './0062-privacy.js';
import { SystemHealth } from './0063-system-health.js';
import { Steering } from './0064-steering.js';
import { ForcedStatus } from './0065-forced-status.js';
import { SignInProviders } from './0066-sign-in-providers.js';
import { Histories } from './0067-histories.js';
import { ExportsForget } from './0068-exports-forget.js';
import { BrandAndKeptLinks } from './0069-brand-and-kept-links.js';
import { WhenPromisesSettle } from './0071-when-promises-settle.js';
import { QualitySample } from './0072-quality-sample.js';
import { StepsOfBrowsers } from './0074-steps-of-browsers.js';
import { ScriptFiles } from './0075-script-files.js';
import { CallsHandedOver } from './0076-calls-handed-over.js';
import { WhatPlansKnow } from './0078-what-plans-know.js';

/**
 * The one timeline of the schema, oldest first. Names and rules of the model are explained where they are made.
 *
 * Ids are UUIDv7 made by the application; instants come from the database clock; isolation is READ COMMITTED, where the guards,
 * which read after they lock, are exact. Writers lock conversations by id, then ticket, work item, agent: the triggers of a message
 * or ticket move the conversation's rev, and another order would deadlock. An exception to a rule (merge, undo, reopen, erasure)
 * is legal only in the transaction that wrote its merge_journal row:  set local peyk.journal = '<its id>'.
 */
export const migrations: (new () => MigrationInterface)[] = [
  Guards,
  People,
  Timeline,
  AgentsAndQueues,
  Tickets,
  Routing,
  CalendarsAndSla,
  Bots,
  RulesAndCsat,
  DeliveryAndIntake,
  AccessAndAudit,
  WhereTheLibrariesMeet,
  HolderFollowsWork,
  LookupsOfTheHub,
  RateLimits,
  ConnectionsAndUploads,
  SuppressedAddresses,
  HowPollingFares,
  WhoIsWho,
  ThreadsAndLists,
  TicketChangeAsksLate,
  ChatsInDepth,
  ConsentAndLimits,
  SiteVisitors,
  VisitorsOfChats,
  WebhooksAndWatch,
  WhomAMailReached,
  WhoWasWho,
  PromisesKept,
  ContactCentre,
  WhileTheyWait,
  QueuesThatWere,
  TicketsLifecycle,
  TicketProperties,
  RulesThatRun,
  MacrosRepliesArticles,
  SurveysOfAllKinds,
  PeopleByRoot,
  BotsThatTalk,
  LifeOfScripts,
  Segments,
  OutreachToSegments,
  WebhooksTellFrom,
  LinesThatPeykAnswers,
  CallsAsWork,
  SourcesOfCalls,
  PromptsAndRecordings,
  HeldMessages,
  Drafts,
  SavedViews,
  BulkRuns,
  NoticesAndPush,
  OwnPreferences,
  FindingCustomers,
  FirstSteps,
  Accounts,
  OwnRoles,
  LiveBoard,
  Reports,
  Privacy,
  SystemHealth,
  Steering,
  ForcedStatus,
  SignInProviders,
  Histories,
  ExportsForget,
  BrandAndKeptLinks,
  WhenPromisesSettle,
  QualitySample,
  StepsOfBrowsers,
  ScriptFiles,
  CallsHandedOver,
  WhatPlansKnow,
];
