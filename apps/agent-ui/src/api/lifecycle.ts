import type {
  IncidentAnswerView,
  MessageView,
  SolvedFamilyView,
  TicketChangeView,
  TicketDetailView,
  TicketMergePreview,
  TicketStateNameView,
  TicketUndoView,
} from '#contract';
import { query, request } from './request.js';

type Chosen = Pick<MessageView, 'conversation' | 'seq'>;

const placesOf = (messages: readonly Chosen[]) =>
  messages.map(({ conversation, seq }) => ({ part: conversation, seq }));

/** A name of a state as its form writes it. */
export interface StateNameDraft {
  state: TicketStateNameView['state'];
  name: TicketStateNameView['name'];
}

/** What becomes of tickets beside being worked on, one line a call. */
export const lifecycle = {
  /** `ref`: its id, or any number that ever led to it. */
  get: (ref: string, signal?: AbortSignal) =>
    request<TicketDetailView>(`/tickets/${encodeURIComponent(ref)}`, { signal }),
  previewMerge: (ticket: string, into: string, signal?: AbortSignal) =>
    request<TicketMergePreview>(`/tickets/${ticket}/merge${query({ into })}`, { signal }),
  merge: (ticket: string, into: string) =>
    request<TicketChangeView>(`/tickets/${ticket}/merge`, { method: 'POST', body: { into } }),
  move: (person: string, messages: readonly Chosen[], ticketId: string) =>
    request<TicketChangeView>(`/conversations/${person}/moves`, {
      method: 'POST',
      body: { messages: placesOf(messages), ticketId },
    }),
  split: (person: string, messages: readonly Chosen[], subject: string) =>
    request<TicketChangeView>(`/conversations/${person}/splits`, {
      method: 'POST',
      body: { messages: placesOf(messages), ...(subject === '' ? {} : { subject }) },
    }),
  undo: (change: string) => request<TicketUndoView>(`/ticket-changes/${change}/undo`, { method: 'POST' }),
  setParent: (ticket: string, parentId: string | null) =>
    request<TicketDetailView>(`/tickets/${ticket}/parent`, { method: 'PUT', body: { parentId } }),
  solveChildren: (ticket: string) => request<SolvedFamilyView>(`/tickets/${ticket}/children/solve`, { method: 'POST' }),
  answerChildren: (ticket: string, answer: { id: string; body: string }) =>
    request<IncidentAnswerView>(`/tickets/${ticket}/answers`, { method: 'POST', body: answer }),

  stateNames: (signal?: AbortSignal) => request<TicketStateNameView[]>('/ticket-states', { signal }),
  addStateName: (draft: StateNameDraft) =>
    request<TicketStateNameView>('/ticket-states', { method: 'POST', body: draft }),
  changeStateName: (id: string, change: { name?: TicketStateNameView['name']; retired?: boolean }) =>
    request<TicketStateNameView>(`/ticket-states/${id}`, { method: 'PATCH', body: change }),
};
