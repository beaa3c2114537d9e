import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type {
  AgentView,
  ConversationChanges,
  ConversationView,
  ListRow,
  MeView,
  Page,
  ReadMarks,
  TicketView,
} from '#contract';
import type { ListFilter } from '../api/hub.js';
import { keys } from '../api/keys.js';
import { applyChanges, foldTickets } from './apply-changes.js';
import { foldMessages } from './fold-messages.js';
import { belongs, isGuess, patchRows, type ListReader } from './patch-rows.js';

/** Events after which other ways to answer are open. */
const closesWay = new Set(['customer.opted_out', 'customer.opted_in', 'customer.blocked_us', 'customer.unblocked_us']);

type Lists = InfiniteData<Page<ListRow>, string | null>;

/** The cached views that sockets keep fresh, and the few ways in which they change. */
export class LiveCache {
  constructor(private readonly queries: QueryClient) {}

  opened(person: string): ConversationView | undefined {
    return this.queries.getQueryData<ConversationView>(keys.conversation(person));
  }

  /** Every opened conversation that is made of this row. */
  openedWith(conversation: string): ConversationView[] {
    const views = this.queries.getQueriesData<ConversationView>({ queryKey: keys.everyConversation });
    return views
      .map(([, view]) => view)
      .filter((view) => view !== undefined)
      .filter((view) => view.parts.some((part) => part.conversation === conversation));
  }

  /** Takes a frame into the conversation it is about; true when something before it is missing. */
  applyToConversation(changes: ConversationChanges): 'gap' | 'done' {
    const view = this.opened(changes.person);
    const applied = view && applyChanges(view, changes);
    if (applied?.outcome === 'applied') {
      this.queries.setQueryData(keys.conversation(changes.person), applied.view);
    }
    if (changes.messages.some(({ event }) => event !== null && closesWay.has(event.name))) {
      this.refetch(keys.conversation(changes.person));
    }
    return applied?.outcome === 'gap' ? 'gap' : 'done';
  }

  applyToLists(batch: readonly ConversationChanges[]): void {
    const reader = this.reader();
    const elsewhere = new Map(this.rows().map((row) => [row.ticket.id, row]));
    this.eachList((pages, filter) =>
      batch.reduce((patched, changes) => patchRows(patched, filter, changes, reader, elsewhere), pages),
    );
    const isNew = (row: ListRow): boolean => !elsewhere.has(row.ticket.id);
    const guessed = (row: ListRow): boolean =>
      batch.some((changes) => changes.conversation === row.ticket.conversation && isGuess(row, changes));
    if (this.rows().some((row) => isNew(row) && guessed(row))) {
      this.refetch(keys.everyList);
    }
  }

  /** The hub's answer to a change of ours, at once; the frame that follows finds it done. */
  putMessages(person: string, messages: Parameters<typeof foldMessages>[1]): void {
    this.change(person, (view) => foldMessages(view, messages));
  }

  putTicket(person: string, ticket: TicketView): void {
    this.change(person, (view) => ({ ...view, tickets: foldTickets(view.tickets, [ticket]) }));
    const reader = this.reader();
    this.eachList((pages, filter) =>
      pages.map((page) => ({
        ...page,
        rows: page.rows
          .map((row) => (row.ticket.id === ticket.id ? { ...row, ticket } : row))
          .filter((row) => belongs(row.ticket, filter, reader)),
      })),
    );
  }

  markRead(person: string, upTo: { conversation: string; seq: number }[]): void {
    this.change(person, (view) => ({
      ...view,
      unread: 0,
      read: { ...view.read, ...Object.fromEntries(upTo.map(({ conversation, seq }) => [conversation, seq])) },
    }));
    this.eachRow((row) => (row.conversation === person && row.unread > 0 ? { ...row, unread: 0 } : row));
  }

  /** Of what is unread again only the hub knows how much it is. */
  markUnread(person: string, { unread, read }: ReadMarks): void {
    this.change(person, (view) => ({ ...view, unread, read: { ...view.read, ...read } }));
    this.eachRow((row) => (row.conversation === person ? { ...row, unread } : row));
  }

  /** The person as the hub has them now. Ways to answer follow addresses, so they are asked for when those changed. */
  putCustomer(person: string, customer: ConversationView['customer']): void {
    const known = this.opened(person)?.customer;
    this.change(person, (view) => ({ ...view, customer }));
    const { id, name } = customer;
    this.eachRow((row) => (row.conversation === person ? { ...row, customer: { id, name } } : row));
    if ((known && reachOf(known) !== reachOf(customer)) || this.isAsked(person)) {
      this.refetch(keys.conversation(person));
    }
    this.refetch(keys.suggestions(id));
  }

  /** What is on its way may have been read before what just came, and would take its place. */
  private isAsked(person: string): boolean {
    return this.queries.getQueryState(keys.conversation(person))?.fetchStatus === 'fetching';
  }

  changeAgent({ id, status, present }: Pick<AgentView, 'id' | 'status' | 'present'>): void {
    this.queries.setQueryData<AgentView[]>(keys.agents, (agents) =>
      agents?.map((agent) => (agent.id === id ? { ...agent, status, present } : agent)),
    );
    this.queries.setQueryData<MeView>(keys.me, (me) => (me?.id === id ? { ...me, status } : me));
  }

  change(person: string, change: (view: ConversationView) => ConversationView): void {
    this.queries.setQueryData<ConversationView>(keys.conversation(person), (view) => view && change(view));
  }

  refetch(...stale: (readonly unknown[])[]): void {
    for (const queryKey of stale) {
      void this.queries.invalidateQueries({ queryKey });
    }
  }

  /** Unless this window is changing it: its own answer says the same, and later. */
  refetchMe(): void {
    if (this.queries.isMutating({ mutationKey: keys.me }) === 0) {
      this.refetch(keys.me);
    }
  }

  private reader(): ListReader {
    const me = this.queries.getQueryData<MeView>(keys.me);
    return {
      id: me?.id ?? '',
      serves: me?.role === 'agent' || me?.ownRole?.sees === 'own_queues' ? me.queueIds : null,
    };
  }

  private rows(): ListRow[] {
    const lists = this.queries.getQueriesData<Lists>({ queryKey: keys.everyList });
    return lists.flatMap(([, list]) => list?.pages.flatMap((page) => page.rows) ?? []);
  }

  private eachRow(change: (row: ListRow) => ListRow): void {
    this.eachList((pages) => pages.map((page) => ({ ...page, rows: page.rows.map(change) })));
  }

  private eachList(change: (pages: Page<ListRow>[], filter: ListFilter) => Page<ListRow>[]): void {
    for (const [key, lists] of this.queries.getQueriesData<Lists>({ queryKey: keys.everyList })) {
      if (lists) {
        this.queries.setQueryData<Lists>(key, { ...lists, pages: change(lists.pages, key[1] as ListFilter) });
      }
    }
  }
}

/** What answers can be addressed to, as one text to compare. */
function reachOf({ identities, claims }: ConversationView['customer']): string {
  return [
    ...identities.map(({ id, unreachable }) => `${id} ${unreachable ?? ''}`),
    ...claims.map(({ id }) => id),
  ].join();
}
