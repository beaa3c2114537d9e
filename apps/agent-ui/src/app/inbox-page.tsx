import { ActionIcon } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { isSaved, type ListFilter } from '../api/hub.js';
import { BlockedBanner } from '../features/customer/blocked-banner.js';
import { ConversationList } from '../features/inbox/conversation-list.js';
import { QuickKeys } from '../features/inbox/quick/quick-keys.js';
import { useViewName } from '../features/inbox/use-view-name.js';
import { useCountText } from '../features/inbox/view-count.js';
import { ViewList, viewNames } from '../features/inbox/view-list.js';
import { useFollowedLists } from '../features/inbox/views/use-followed-lists.js';
import { useI18n } from '../i18n/use-i18n.js';
import { useLiveState } from '../live/live-state.js';
import { isAskedFor } from '../live/patch-rows.js';
import { useCommand } from '../ui/commands.js';
import { useHiddenPanes } from '../ui/hidden-panes.js';
import { IconBack, IconMenu, IconPerson } from '../ui/icons.js';
import { late } from '../ui/late.js';
import { useIsPhone, useIsWide } from '../ui/layout.js';
import { Empty } from '../ui/states.js';
import './inbox-page.css';
import { hideAlert } from './show-alert.js';

// The list shows before anybody is looked at; what opens a conversation is fetched right after it, so that opening waits for nothing.
const loadPane = async () => ({
  default: (await import('../features/conversation/conversation-pane.js')).ConversationPane,
});
const loadPanel = async () => ({ default: (await import('../features/customer/customer-panel.js')).CustomerPanel });
const ConversationPane = late(loadPane);
const CustomerPanel = late(loadPanel);
const HandButton = late(async () => ({ default: (await import('../features/steering/hand-button.js')).HandButton }));
const SteeringStrip = late(async () => ({
  default: (await import('../features/steering/steering-strip.js')).SteeringStrip,
}));
const FirstSteps = late(async () => ({ default: (await import('../features/start/first-steps.js')).FirstSteps }));
const FollowView = late(async () => ({ default: (await import('../features/inbox/views/follow-view.js')).FollowView }));
const SideDrawer = lazy(async () => ({ default: (await import('./side-drawer.js')).SideDrawer }));

/** Views, list, conversation and customer: side by side where there is room, one behind the other where there is not. */
export function InboxPage() {
  const { view, conversation } = useParams({ strict: false });
  const { queue, ticket } = useSearch({ from: '/desk/inbox/$view' });
  const filter = useFilter(view, queue);
  const isPhone = useIsPhone();
  const person = useMerged(conversation, filter, ticket);
  useFollowedLists();
  useEffect(() => void Promise.all([loadPane(), loadPanel()]).catch(() => undefined), []);
  const panes = usePanes(person !== undefined);
  return (
    <div className="inbox" data-open={panes.panel || undefined} data-views={panes.hidesViews ? 'hidden' : undefined}>
      {panes.views && (
        <div className="inbox-views">
          <ViewList filter={filter} />
        </div>
      )}
      {!(isPhone && person) && <ListColumn filter={filter} person={person} ticket={ticket} isMain={isPhone} />}
      {!(isPhone && !person) && (
        <main className="inbox-conversation" id="content" tabIndex={-1}>
          {person ? <OpenConversation key={person} person={person} ticket={ticket} filter={filter} /> : <NoneOpen />}
        </main>
      )}
      {panes.panel && person && <CustomerColumn person={person} ticket={ticket} />}
    </div>
  );
}

/** Which columns stand beside the list and the conversation, and the keys that put them away. */
function usePanes(isOpen: boolean) {
  const isWide = useIsWide();
  const hidden = useHiddenPanes();
  useCommand('hideViews', isWide ? () => hidden.toggle('views') : null);
  useCommand('hidePanel', isWide && isOpen ? () => hidden.toggle('panel') : null);
  return {
    views: isWide && !hidden.views,
    hidesViews: hidden.views,
    panel: isWide && isOpen && !hidden.panel,
  };
}

/** What the address asks for: a view that everybody has, or one that somebody saved. */
function useFilter(view: string | undefined, queue: string | undefined): ListFilter {
  return useMemo(() => {
    const named = view !== undefined && isSaved(view) ? view : viewNames.find((name) => name === view);
    return { view: named ?? 'mine', queue: queue ?? null };
  }, [view, queue]);
}

interface ListColumnProps {
  filter: ListFilter;
  person: string | undefined;
  ticket: string | undefined;
  isMain: boolean;
}

function ListColumn({ filter, person, ticket, isMain }: ListColumnProps) {
  const { t } = useI18n();
  const { name, sort } = useViewName(filter.view);
  const count = useCountText(filter.view);
  const selected = useMemo(() => (person ? { conversation: person, ticket } : null), [person, ticket]);
  const Column = isMain ? 'main' : 'section';
  const Heading = person ? 'h2' : 'h1';
  return (
    <Column className="inbox-list" aria-label={t('list.label')} id={isMain ? 'content' : undefined}>
      {isMain && <FirstSteps isFolded />}
      <header className="inbox-list-head">
        <ViewsButton key={`${filter.view} ${filter.queue}`} filter={filter} />
        <div className="inbox-list-title">
          <Heading className="one-line">
            <bdi>{name}</bdi>
          </Heading>
          {isAskedFor(filter.view) && <small>{t(`view.sort.${sort}`)}</small>}
        </div>
        {count !== null && filter.queue === null && <span className="view-count">{count}</span>}
      </header>
      <div className="inbox-list-body">
        <ConversationList key={`${filter.view} ${filter.queue}`} filter={filter} selected={selected} />
        {isAskedFor(filter.view) && <FollowView filter={filter} sort={sort} selected={selected} />}
      </div>
    </Column>
  );
}

/** Brings the views back where they are put away, or over the list where there is no room beside it. */
function ViewsButton({ filter }: { filter: ListFilter }) {
  const { t } = useI18n();
  const isWide = useIsWide();
  const hidden = useHiddenPanes();
  if (!isWide) {
    return <ViewsDrawer filter={filter} />;
  }
  return (
    hidden.views && (
      <ActionIcon aria-label={t('list.show')} title={`${t('list.show')} [`} onClick={() => hidden.toggle('views')}>
        <IconMenu size={20} />
      </ActionIcon>
    )
  );
}

/** Closes with the choice of another view: that makes it a new one. */
function ViewsDrawer({ filter }: { filter: ListFilter }) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  useCommand('hideViews', () => setOpen(!isOpen));
  return (
    <>
      <ActionIcon aria-label={t('list.show')} title={t('list.show')} onClick={() => setOpen(true)}>
        <IconMenu size={20} />
      </ActionIcon>
      <Suspense>
        {isOpen && (
          <SideDrawer title={t('view.label')} side="left" onClose={() => setOpen(false)}>
            <ViewList filter={filter} />
          </SideDrawer>
        )}
      </Suspense>
    </>
  );
}

function OpenConversation({
  person,
  ticket,
  filter,
}: {
  person: string;
  ticket: string | undefined;
  filter: ListFilter;
}) {
  const { t } = useI18n();
  const isWide = useIsWide();
  const isPhone = useIsPhone();
  const [showsCustomer, setShowsCustomer] = useState(false);
  useCommand('hidePanel', isWide ? null : () => setShowsCustomer(!showsCustomer));
  useEffect(() => {
    hideAlert(`message ${person}`);
    hideAlert(`assigned ${ticket ?? ''}`);
  }, [person, ticket]);
  return (
    <>
      <QuickKeys person={person} ticketId={ticket} />
      <Suspense>
        <ConversationPane
          person={person}
          ticket={ticket}
          notice={<BlockedBanner person={person} />}
          beside={<SteeringStrip person={person} />}
          before={
            isPhone && (
              <Link
                className="inbox-back"
                to="/inbox/$view"
                params={{ view: filter.view }}
                search={filter.queue ? { queue: filter.queue } : {}}
                aria-label={t('common.back')}
              >
                <IconBack size={20} className="points" />
              </Link>
            )
          }
          after={
            <>
              <HandButton person={person} />
              {!isWide && (
                <ActionIcon
                  aria-label={t('conversation.details')}
                  title={t('conversation.details')}
                  onClick={() => setShowsCustomer(true)}
                >
                  <IconPerson size={20} />
                </ActionIcon>
              )}
            </>
          }
        />
      </Suspense>
      <Suspense>
        {showsCustomer && !isWide && (
          <SideDrawer title={t('customer.label')} side="right" onClose={() => setShowsCustomer(false)}>
            <CustomerPanel person={person} ticketId={ticket} />
          </SideDrawer>
        )}
      </Suspense>
    </>
  );
}

function CustomerColumn({ person, ticket }: { person: string; ticket: string | undefined }) {
  const { t } = useI18n();
  return (
    <aside className="inbox-customer" aria-label={t('customer.label')}>
      <Suspense>
        <CustomerPanel key={person} person={person} ticketId={ticket} />
      </Suspense>
    </aside>
  );
}

function NoneOpen() {
  const { t } = useI18n();
  return (
    <div className="inbox-none">
      <img src="/peyk.svg" alt="" width={56} height={56} />
      <Empty>
        <strong>{t('conversation.none')}</strong>
        <br />
        {t('conversation.noneHint')}
      </Empty>
      <FirstSteps />
    </div>
  );
}

/** Follows a customer who became one with another while they were open. */
function useMerged(conversation: string | undefined, filter: ListFilter, ticket: string | undefined) {
  const navigate = useNavigate();
  const into = useLiveState(({ mergedInto }) => (conversation ? mergedInto[conversation] : undefined));
  useEffect(() => {
    if (into) {
      void navigate({
        to: '/inbox/$view/$conversation',
        params: { view: filter.view, conversation: into },
        search: { ...(filter.queue && { queue: filter.queue }), ...(ticket && { ticket }) },
        replace: true,
      });
    }
  }, [into, navigate, filter.view, filter.queue, ticket]);
  return into ?? conversation;
}
