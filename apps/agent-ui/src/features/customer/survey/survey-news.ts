import type { ConversationView, TicketView } from '#contract';

/** What the loaded timeline last told of a ticket that a survey may have to do with: changes where there is something new to ask for. */
export function lastSurveyNews(view: Pick<ConversationView, 'messages'> | undefined, ticketId: string): string {
  const told = (view?.messages ?? [])
    .filter(({ ticketId: of, event, direction, author }) =>
      event ? event.name.startsWith('survey.') : of === ticketId && direction === 'out' && author.kind === 'system',
    )
    .toSorted((one, other) => one.at.localeCompare(other.at));
  return told.at(-1)?.id ?? '';
}

/** Whether anything can have been asked: not while a ticket is worked on for the first time and its whole timeline is here. */
export function mayHaveSurveys(
  { state }: Pick<TicketView, 'state'>,
  view: Pick<ConversationView, 'before'> | undefined,
  news: string,
): boolean {
  return state === 'solved' || state === 'closed' || news !== '' || (view !== undefined && view.before !== null);
}
