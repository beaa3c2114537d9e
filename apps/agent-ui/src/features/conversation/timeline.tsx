import { Button, Loader } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { VList } from 'virtua';
import type { ConversationView } from '#contract';
import { hub } from '../../api/hub.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { foldOlderPage } from '../../live/fold-messages.js';
import { useLive } from '../../live/live-context.js';
import { IconDown } from '../../ui/icons.js';
import { useAuthorName, useCustomerName } from '../../ui/use-customer-name.js';
import { findFirstUnread, layTimeline, type TimelineItem } from './lay-timeline.js';
import { useOutbox } from './outbox.js';
import { TimelineEntry } from './timeline-entry.js';
import './timeline.css';
import { usePinnedEntry, useTimelineScroll } from './use-timeline-scroll.js';
import { useWantedMessage } from './wanted-message.js';

const calendarDay = (at: string) => new Date(at).toDateString();

/** A person's one timeline, over all channels, from the newest upwards. */
export function Timeline({ view }: { view: ConversationView }) {
  const { t, format } = useI18n();
  const nameOf = useCustomerName();
  const items = useTimelineItems(view);
  const older = useOlderMessages(view);
  const scroll = useTimelineScroll(items, older.read);
  const { list, shift, isAtEnd, newBelow, toEnd } = scroll;
  const { toEntry, onScroll, onResize } = usePinnedEntry(scroll);
  const shown = useWantedMessage(view.id, items, { toEntry, older });
  return (
    <div className="timeline">
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
        data={items}
        shift={shift}
        onScroll={onScroll}
        onResize={onResize}
      >
        {(item, index) => (
          <div
            className="timeline-item"
            key={item.key}
            data-first={index === 0 || undefined}
            data-shown={(shown !== null && item.key === shown) || undefined}
          >
            {index === 0 && <Beginning older={older} />}
            <TimelineEntry item={item} view={view} />
          </div>
        )}
      </VList>
      {!isAtEnd && (
        <Button className="timeline-newest" radius="xl" size="xs" leftSection={<IconDown size={15} />} onClick={toEnd}>
          {newBelow ? t('conversation.newBelow', { count: newBelow }) : t('conversation.newest')}
        </Button>
      )}
      <LastArrival items={items} customer={view.customer} time={format.time} />
    </div>
  );
}

function useTimelineItems(view: ConversationView): TimelineItem[] {
  const { messages, tickets } = view;
  const outbox = useOutbox(({ waiting }) => waiting);
  // The line stays where it was at opening; reading on must not make it wander.
  const [firstUnread] = useState(() => (view.unread > 0 ? findFirstUnread(messages, view.read) : null));
  return useMemo(() => {
    const waiting = outbox.filter(({ person }) => person === view.id);
    return layTimeline({ messages, tickets, waiting, firstUnread, dayOf: calendarDay });
  }, [messages, tickets, outbox, firstUnread, view.id]);
}

function useOlderMessages({ id, before }: ConversationView) {
  const { cache } = useLive();
  const { mutate, isPending } = useMutation({
    mutationFn: (cursor: string) => hub.olderMessages(id, cursor),
    onSuccess: (page) => cache.change(id, (view) => foldOlderPage(view, page)),
  });
  return {
    isReading: isPending,
    hasMore: before !== null,
    read: () => {
      if (before !== null && !isPending) {
        mutate(before);
      }
    },
  };
}

function Beginning({ older }: { older: ReturnType<typeof useOlderMessages> }) {
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

interface LastArrivalProps {
  items: readonly TimelineItem[];
  customer: ConversationView['customer'];
  time: (at: string) => string;
}

/** Tells screen readers what came in. The log itself is silent, because scrolling also brings entries into it. */
function LastArrival({ items, customer, time }: LastArrivalProps) {
  const { t } = useI18n();
  const nameOf = useAuthorName(customer);
  const last = items.findLast((item) => item.kind === 'message');
  const [openedWith] = useState(last?.key);
  const isNew = last && last.key !== openedWith && last.message.direction === 'in';
  return (
    <output className="unseen">
      {isNew && (
        <>
          {t('message.labelled', { name: nameOf(last.message.author), time: time(last.message.at) })}{' '}
          {last.message.body}
        </>
      )}
    </output>
  );
}
