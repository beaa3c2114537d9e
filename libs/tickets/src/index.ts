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
export { matchWork, type Matched } from './routing/match-work.js';
export { findStuckQueues, lookAround, type AroundUs } from './routing/look-around.js';
export { findWorkFor, pickWork, type Candidate, type PickedWork } from './routing/pick-work.js';
export { listHindrances, type HinderedAgent } from './routing/list-hindrances.js';
export {
  listDueSteps,
  listSleepingSteps,
  putStepOff,
  takeStep,
  type DueStep,
  type SleepingStep,
  type StepTaken,
  type WaitingStep,
} from './routing/waiting-steps.js';
export { workSizeOf, type WorkClass, type WorkSize } from './routing/work-class.js';
export { acceptOffer, declineOffer, type OfferAnswered } from './work/answer-offers.js';
export { assign, type AssignmentResult, type AssignmentWish } from './work/assign.js';
export { carryOver } from './work/carry-over.js';
export type { HeldTicket } from './work/hold.js';
export type { MadeOffers } from './work/make-offers.js';
export { openWork, reorderQueue, rerankPerson, rerankTicket, type Reranked, type WorkWish } from './work/queue-work.js';
export { recordWork, type QueuedReason } from './work/record-work.js';
export {
  endQuestions,
  expireOffer,
  listExpiredOffers,
  listLostOffers,
  revokeLostOffer,
  type DueOffer,
  type UnansweredOffer,
} from './work/unanswered-offers.js';
export { estimateWait, isLongerThan, shownPlace, type QueuePace, type WaitEstimate } from './waiting/estimate-wait.js';
export { planNotice, type Notice, type WaitingFacts } from './waiting/plan-notice.js';
export {
  readWaitingTerms,
  type CallbackWay,
  type TellingMode,
  type TwoTexts,
  type WaitingTerms,
} from './waiting/waiting-terms.js';
