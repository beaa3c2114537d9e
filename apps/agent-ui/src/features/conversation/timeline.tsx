import { Button, Loader } from '@mantine/core';
import { useMemo, useState } from 'react';
import { VList } from 'virtua';
import type { ConversationView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { useCommand } from '../../ui/commands.js';
import { IconDown } from '../../ui/icons.js';
import { late } from '../../ui/late.js';
import { useAuthorName, useCustomerName } from '../../ui/use-customer-name.js';
import { findFirstUnread, layTimeline, type TimelineItem } from './lay-timeline.js';
import { useLooksOn } from './looks-on.js';
import { useOutbox } from './outbox.js';
import { useKeptUnread } from './reading/kept-unread.js';
import { isFiltered, passes, type MessageFilter } from './reading/message-filter.js';
import { useFilter, type Filtering } from './reading/use-filter.js';
import { useMarkUnread } from './reading/use-mark-unread.js';
import { useMessageWalk } from './reading/use-message-walk.js';
import { useOlderMessages, type OlderMessages } from './reading/use-older-messages.js';
import { useSteadyView } from './reading/use-steady-view.js';
import { TimelineEntry } from './timeline-entry.js';
import './timeline.css';
import { useEdgeKeys, useFilledView, usePinnedEntry, useTimelineScroll } from './use-timeline-scroll.js';
import { useLinkedMessage, useWantedMessage } from './wanted-message.js';

const TimelineBar = late(async () => ({ default: (await import('./reading/timeline-bar.js')).TimelineBar }), BarPlace);

const calendarDay = (at: string) => new Date(at).toDateString();

/** A person's one timeline, over all channels, from the newest upwards; all of it or what the reader chose. */
export function Timeline({ view }: { view: ConversationView }) {
  const filtering = useFilter(view);
  const older = useOlderMessages(view);
  const firstUnread = useFirstUnread(view);
  useLinkedMessage(view.id);
  useUnreadKey(view);
  return (
    <div className="timeline">
      <TimelineBar view={view} filtering={filtering} older={older} />
      <Log key={JSON.stringify(filtering.filter)} {...{ view, older, filtering, firstUnread }} />
      <LastArrival view={view} />
    </div>
  );
}

function BarPlace() {
  return <div className="timeline-bar" />;
}

interface LogProps {
  view: ConversationView;
  older: OlderMessages;
  filtering: Filtering;
  firstUnread: string | null;
}

function Log({ view, older, filtering, firstUnread }: LogProps) {
  const { t } = useI18n();
  const nameOf = useCustomerName();
  const steady = useSteadyView(view);
  const items = useTimelineItems(view, filtering.filter, firstUnread);
  const scroll = useTimelineScroll(items, older.read);
  const { list, shift, isAtEnd, newBelow, toEnd } = scroll;
  const { toEntry, onScroll, onResize } = usePinnedEntry(scroll);
  const goByKey = useEdgeKeys({ toStart: () => toEntry(0), toEnd, readOlder: older.read });
  const shown = useWantedMessage(view, items, { toEntry, older, showAll: filtering.showAll });
  useMessageWalk(items, list);
  useFilledView(list, items, { isNeeded: isFiltered(filtering.filter), older });
  return (
    <div className="timeline-room">
      {older.isReading && (
        <output className="timeline-older">
          <Loader size={14} /> {t('conversation.loadingEarlier')}
        </output>
      )}
      <VList
        ref={list}
        className="timeline-log"
        role="log"
        aria-live="off"
        aria-label={t('conversation.timeline', { name: nameOf(view.customer) })}
        tabIndex={0}
        onKeyDown={goByKey}
        data={items}
        shift={shift}
        onScroll={onScroll}
        onResize={onResize}
      >
        {(item, index) => (
          <div
            className="timeline-item"
            key={item.key}
            data-key={item.key}
            data-first={index === 0 || undefined}
            data-shown={(shown !== null && item.key === shown) || undefined}
          >
            {index === 0 && <Beginning older={older} />}
            <TimelineEntry item={item} view={steady} />
          </div>
        )}
      </VList>
      {!isAtEnd && (
        <Button className="timeline-newest" radius="xl" size="xs" leftSection={<IconDown size={15} />} onClick={toEnd}>
          {newBelow ? t('conversation.newBelow', { count: newBelow }) : t('conversation.newest')}
        </Button>
      )}
    </div>
  );
}

/** The first message that was not read. It stays where it was at opening; reading on must not make the line wander. */
function useFirstUnread({ id, messages, unread, read }: ConversationView): string | null {
  const [found] = useState(() => (unread > 0 ? findFirstUnread(messages, read) : null));
  return useKeptUnread((kept) => kept[id]) ?? found;
}

function useTimelineItems(view: ConversationView, filter: MessageFilter, firstUnread: string | null): TimelineItem[] {
  const { messages, tickets } = view;
  const outbox = useOutbox(({ waiting }) => waiting);
  return useMemo(() => {
    const waiting = outbox.filter(({ person }) => person === view.id);
    const wanted = isFiltered(filter) ? messages.filter((message) => passes(message, filter)) : messages;
    return layTimeline({ messages: wanted, tickets, waiting, firstUnread, dayOf: calendarDay });
  }, [messages, tickets, outbox, firstUnread, filter, view.id]);
}

/** Of the whole conversation what the customer said last is what makes it unread. */
function useUnreadKey(view: ConversationView): void {
  const markUnread = useMarkUnread(view);
  const looksOn = useLooksOn();
  const last = view.messages.findLast(({ direction }) => direction === 'in');
  useCommand('unread', last && !looksOn ? () => markUnread(last.id) : null);
}

function Beginning({ older }: { older: OlderMessages }) {
  const { t } = useI18n();
  return (
    <div className="timeline-beginning">
      {older.hasMore ? (
        <Button variant="subtle" size="xs" onClick={older.read} disabled={older.isReading}>
          {t('conversation.earlier')}
        </Button>
      ) : (
        t('conversation.beginning')
      )}
    </div>
  );
}

/** Tells screen readers what came in. The log itself is silent, because scrolling also brings entries into it. */
function LastArrival({ view: { messages, customer } }: { view: ConversationView }) {
  const { t, format } = useI18n();
  const nameOf = useAuthorName(customer);
  const last = messages.at(-1);
  const [openedWith] = useState(last?.id);
  const isNew = last && last.id !== openedWith && last.direction === 'in';
  return (
    <output className="unseen">
      {isNew && (
        <>
          {t('message.labelled', { name: nameOf(last.author), time: format.time(last.at) })} {last.body}
        </>
      )}
    </output>
  );
}
