/**
 * Tickets: numbered work over conversations, and who does it.
 *
 * States, routing, agents and their load, SLA, macros. Knows channels, never bots. Decisions are pure functions, changes are
 * statements on the caller's transaction; nothing here publishes or schedules.
 */
export { aroundTheClock, serviceTime, type ServiceTime } from './calendars/service-time.js';
export { hoursOn } from './calendars/service-hours.js';
export { localTime } from './calendars/wall-clock.js';
export type { DayException, DayPart, ServiceHours, WeeklyWindow } from './calendars/service-hours.js';
export {
  followEvent,
  recountAll,
  tellAll,
  type PinnedClock,
  type PinnedTerms,
  type SlaEvent,
  type SlaRules,
  type ToldRung,
} from './sla/sla-course.js';
export {
  choosePolicy,
  type Escalation,
  type Rung,
  type SlaCandidate,
  type SlaFacts,
  type SlaMetric,
  type SlaScope,
  type SlaTerms,
} from './sla/sla-terms.js';
export {
  joinTicket,
  type JoinableTicket,
  type JoinFacts,
  type Joining,
  type JoinReason,
} from './tickets/join-ticket.js';
export { changeTicket, type TicketChange, type TicketChanged } from './tickets/change-ticket.js';
export { closeDueTicket, findDueTickets, type DueTicket } from './tickets/close-due-tickets.js';
export { mayMove, reopenWindowMs, type TicketState } from './tickets/ticket-state.js';
export { listAbsentHolders, listOpenChats } from './routing/absent-agents.js';
export { findStuckQueues, matchWork } from './routing/match-work.js';
export { workSizeOf, type WorkClass, type WorkSize } from './routing/work-class.js';
export { assign, openWork, type AssignmentResult, type AssignmentWish } from './work/assign.js';
export type { HeldTicket } from './work/hold.js';
