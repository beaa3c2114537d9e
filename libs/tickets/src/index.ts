/**
 * Tickets: numbered work over conversations, and who does it.
 *
 * States, routing, agents and their load, SLA, macros. Knows channels, never bots. Decisions are pure functions, changes are
 * statements on the caller's transaction; nothing here publishes or schedules.
 */
export {
  changeTags,
  planActions,
  type ActionChange,
  type ActionEffect,
  type ChangedPart,
  type TicketFacts,
} from './actions/plan-actions.js';
export { Unreadable, readTerms } from './actions/read-terms.js';
export {
  isSaying,
  maxActions,
  readActions,
  type ActionKind,
  type ActionOf,
  type SayingAction,
  type StepAction,
  type TicketAction,
} from './actions/ticket-action.js';
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
export { mayMove, type TicketState } from './tickets/ticket-state.js';
export { isBareThanks } from './tickets/bare-thanks.js';
export { undoHours, type UndoableKind } from './lifecycle/journal.js';
export { holdBoth, mergeTickets, previewMerge, type MergeRefusal } from './lifecycle/merge-tickets.js';
export { moveMessages } from './lifecycle/move-messages.js';
export { setParent } from './lifecycle/set-parent.js';
export { undoTicketChange, type Undone } from './lifecycle/undo-change.js';
export {
  conditionLimits,
  readCondition,
  ruleFields,
  testsOf,
  type RuleCondition,
  type RuleTest,
} from './rules/condition.js';
export { evaluateCondition, type Explained } from './rules/evaluate.js';
export { followRules, maxDepth, RunBook, type Firing, type FiringRefusal, type Rule } from './rules/follow-rules.js';
export type { HappenedMessage, HappenedTicket, Happening } from './rules/happening.js';
export { eventOfFact, factsOfEvent, readRuleEvent, type RuleEvent, type RuleEventKind } from './rules/rule-event.js';
export { referencesOf, type ReferenceKind, type RuleReference } from './rules/rule-references.js';
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
export { endWork } from './work/end-work.js';
export { hasPhone, hasRoom, isServing, isThere } from './routing/eligibility.js';
export { holdTicket, type HeldTicket } from './work/hold.js';
export { offerTo, type MadeOffers } from './work/make-offers.js';
export { openWork, reorderQueue, rerankPerson, rerankTicket, type Reranked, type WorkWish } from './work/queue-work.js';
export { recordWork, type QueuedReason } from './work/record-work.js';
export { abandonLine, endVoice, keepPlace, putOnLine } from './work/voice-work.js';
export {
  endQuestions,
  expireOffer,
  listExpiredOffers,
  listLostOffers,
  missOffer,
  revokeLostOffer,
  type DueOffer,
  type Unanswered,
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
export {
  isLowScore,
  readBareNumber,
  readKeypad,
  scaleOf,
  scoreIn,
  scoresOf,
  summariseScores,
  surveyKinds,
  type KeypadRead,
  type ScoreSummary,
  type SurveyKind,
} from './surveys/survey-scale.js';
export { calendarHours, hoursOfQueue } from './calendars/read-hours.js';
export { findDuplicates, type ComparedTicket, type DuplicateReason } from './duplicates/compare-tickets.js';
export { checkValues, fieldLimits, missingFields, type CheckedValues, type Misfit } from './fields/check-values.js';
export { listFields, missingForSolving, setFields, type FieldsSet, type FieldsWish } from './fields/set-fields.js';
export type { FieldChoice, FieldKind, FieldValue, FieldWords, TicketField } from './fields/ticket-field.js';
export { findMentions, type Mentionable } from './followers/find-mentions.js';
export { followTicket, type Followed, type FollowWish } from './followers/follow-ticket.js';
export {
  findIdleEnds,
  findIdleTickets,
  takeIdleEnd,
  warnIdleTicket,
  type EndedWait,
  type IdleTicket,
} from './idle/idle-tickets.js';
export { snoozeTicket, type Snoozed, type SnoozeWish } from './snooze/snooze-ticket.js';
export { longestSnoozeMs, wakeTime, type SnoozeMisfit, type SnoozeUntil } from './snooze/wake-time.js';
export { listDueSnoozes, wakeDueTicket, wakeTicket, type WakeReason, type Woken } from './snooze/wake-ticket.js';
export { readTags, spellTags } from './tags/spell-tags.js';
export { markSpam, unmarkSpam, type SpamMarked, type SpamWish } from './spam/mark-spam.js';
export { retagTickets, type Retagged } from './tags/retag-tickets.js';
export {
  readSegment,
  segmentFields,
  segmentLimits,
  testsOfSegment,
  type SegmentCondition,
  type SegmentTest,
} from './segments/segment-condition.js';
export { compileSegment, type CompiledSegment, type SegmentShape } from './segments/compile-segment.js';
export { evaluateSegment, type ExplainedSegment } from './segments/evaluate-segment.js';
export type { PersonFacts, SegmentMoment } from './segments/person-facts.js';
export {
  readViewFilter,
  testsOfView,
  type FieldTest,
  type ViewFilter,
  type ViewGroup,
  type ViewSort,
  type ViewTest,
} from './views/view-filter.js';
export { compileView, riskMinutes, servedBy, type CompiledView, type ViewReading } from './views/compile-view.js';
export { maySort, walkOf, type ViewWalk } from './views/view-walk.js';
export {
  readAttributeValue,
  readDayText,
  readNumber,
  type Attribute,
  type AttributeChoice,
  type AttributeKind,
  type AttributeValue,
  type ValueFault,
} from './segments/attribute-value.js';
export {
  readTierTerms,
  scoreTier,
  usualTierTerms,
  type TierFacts,
  type TierScore,
  type TierTerms,
} from './segments/tier-score.js';
