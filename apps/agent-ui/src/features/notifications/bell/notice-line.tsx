import { ActionIcon } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import type { NoticeSubject, NoticeView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { ChannelMark } from '../../../ui/channel-mark.js';
import { IconCheck } from '../../../ui/icons.js';
import { ticketNumber } from '../../../ui/ticket-number.js';
import { useCustomerName } from '../../../ui/use-customer-name.js';

interface Props {
  notice: NoticeView;
  onOpen: () => void;
  onRead: () => void;
}

/** One notice: what happened, about whom, and the words where there are some. */
export function NoticeLine({ notice, onOpen, onRead }: Props) {
  const { t, format } = useI18n();
  const title = useTitleOf(notice);
  const { about, at, isRead } = notice;
  return (
    <li className="notice" data-unread={!isRead}>
      <button
        type="button"
        className="notice-open"
        disabled={about === null && notice.alert === null}
        onClick={onOpen}
        onKeyDown={moveAmong}
      >
        <span className="notice-title">
          {!isRead && <span className="unseen">{t('alerts.unread')}: </span>}
          {title}
        </span>
        {about?.text && (
          <span className="notice-words">
            <span className="one-line" dir="auto">
              {about.text}
            </span>
          </span>
        )}
        <span className="notice-foot">
          {about?.channelKind && <ChannelMark kind={about.channelKind} size={16} />}
          {about?.ticket && <span>{t('alerts.ticket', { number: ticketNumber(about.ticket, format) })}</span>}
          <time dateTime={at}>{format.dateTime(at)}</time>
        </span>
      </button>
      {!isRead && (
        <ActionIcon variant="subtle" color="gray" aria-label={`${t('alerts.readOne')}: ${title}`} onClick={onRead}>
          <IconCheck size={17} />
        </ActionIcon>
      )}
    </li>
  );
}

function useTitleOf(notice: NoticeView): string {
  const { t } = useI18n();
  const nameOf = useCustomerName();
  if (notice.alert !== null) {
    const { queue, measure } = notice.alert;
    return t('alerts.limit', {
      queue: queue?.name ?? t('alerts.everyQueue'),
      measure: t(`alerts.limit_${measure}`),
    });
  }
  if (notice.about === null) {
    return t('alerts.gone');
  }
  return t(`alerts.${wordOf(notice, notice.about)}`, {
    name: nameOf(notice.about.customer),
    by: notice.about.by?.name ?? '',
  });
}

function wordOf({ kind, promise, failure }: NoticeView, { by }: NoticeSubject) {
  switch (kind) {
    case 'promise':
      return promise?.kind === 'warning' ? 'warning' : 'late';
    case 'failed':
      return failure ?? 'failed';
    case 'assigned':
      return by ? 'assignedBy' : 'assigned';
    case 'reply':
    case 'mention':
    case 'hand':
    case 'review':
      return kind;
    case 'alert':
      return 'gone';
  }
}

const steps: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** Arrows lead from line to line, Home and End to the ends. */
function moveAmong(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key];
  const lines = event.currentTarget.closest('ul')?.querySelectorAll<HTMLElement>('.notice-open:enabled');
  if (step && lines) {
    const at = [...lines].indexOf(event.currentTarget);
    event.preventDefault();
    lines[step(at, lines.length - 1)]?.focus();
  }
}
