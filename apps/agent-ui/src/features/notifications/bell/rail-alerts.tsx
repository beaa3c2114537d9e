import { Popover } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useQueues } from '../../../api/queries.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useAttention } from '../../../ui/attention.js';
import { IconBell, IconBellRinging } from '../../../ui/icons.js';
import { useIsPhone } from '../../../ui/layout.js';
import { ticketNumber } from '../../../ui/ticket-number.js';
import { useWaitingRing } from '../waiting/use-waiting-ring.js';
import { useWaitingWork } from '../waiting/use-waiting-work.js';
import { loudOf, type WaitingTicket } from '../waiting/waiting-work.js';
import { showBadge } from '../page-badge.js';
import './notices.css';
import { NoticePanel } from './notice-panel.js';
import { SoundOff } from './sound-off.js';
import { useUnreadNotices } from './use-notices.js';
import { useReadOnSight } from './use-read-on-sight.js';

/** Something new waits, for whoever shows it. */
export interface NewWork {
  key: string;
  title: string;
  words: string;
  open: () => void;
}

interface Props {
  /** Unread messages of the reader's own work. */
  unread: number;
  /** Shows one of several things that wait; what is over is taken back by its key. */
  onNews: (work: NewWork) => void;
  onOver: (key: string) => void;
}

/** The bell, what waits for anybody, and whether any of it can be heard. */
export function RailAlerts(props: Props) {
  return useTexts('alerts') ? <Alerts {...props} /> : <span className="rail-item" aria-hidden />;
}

function Alerts({ unread: unreadMessages, onNews, onOver }: Props) {
  const { t, format } = useI18n();
  const isPhone = useIsPhone();
  const unread = useUnreadNotices();
  const [isOpen, setOpen] = useState(false);
  const [work, setWork] = useWaitingWork();
  const { tickets, hushed } = work;
  const loud = useMemo(() => loudOf({ tickets, hushed }), [tickets, hushed]);
  useWaitingRing(work.isKnown ? loud : null, useTell(onNews));
  useOver(work.tickets, onOver);
  useReadOnSight(unread);
  useCount(work.tickets.size, unreadMessages);
  const label =
    unread > 0 ? t('alerts.bellUnread', { count: unread, number: format.number(unread) }) : t('alerts.bell');
  const Icon = loud.length > 0 ? IconBellRinging : IconBell;
  return (
    <>
      <SoundOff />
      <Popover
        opened={isOpen}
        onChange={setOpen}
        position={isPhone ? 'top-end' : 'right-end'}
        width={isPhone ? 'calc(100vw - 16px)' : 400}
        zIndex={450}
        trapFocus
        returnFocus
        shadow="lg"
        radius="md"
      >
        <Popover.Target>
          <button
            type="button"
            className="rail-item"
            data-rings={loud.length > 0 || undefined}
            aria-label={label}
            title={label}
            onClick={() => setOpen((was) => !was)}
          >
            <Icon size={22} />
            {unread > 0 && <span className="rail-count">{format.number(unread)}</span>}
          </button>
        </Popover.Target>
        <Popover.Dropdown p={0} aria-label={t('alerts.bell')}>
          <NoticePanel work={work} onWork={setWork} unread={unread} onClose={() => setOpen(false)} />
        </Popover.Dropdown>
      </Popover>
    </>
  );
}

/** On the title and on the page's icon. */
function useCount(waiting: number, unreadMessages: number): void {
  const { format } = useI18n();
  useEffect(() => useAttention.setState({ waiting }), [waiting]);
  useEffect(() => showBadge(waiting + unreadMessages, format.number), [waiting, unreadMessages, format]);
}

function keyOf(id: string): string {
  return `waits ${id}`;
}

function useTell(onNews: Props['onNews']): (ticket: WaitingTicket) => void {
  const { t, format } = useI18n();
  const queues = useQueues();
  const navigate = useNavigate();
  return useCallback(
    ({ id, queueId, number, prefix, person, customerName }: WaitingTicket) => {
      const queue = queues.find((one) => one.id === queueId)?.name ?? '';
      onNews({
        key: keyOf(id),
        title: t('alerts.newWork', { queue, number: ticketNumber({ number, prefix }, format) }),
        words: customerName,
        open: () =>
          void navigate({
            to: '/inbox/$view/$conversation',
            params: { view: 'unassigned', conversation: person },
            search: { ticket: id },
          }),
      });
    },
    [t, format, queues, navigate, onNews],
  );
}

/** What somebody took is nobody's news any more. */
function useOver(tickets: ReadonlyMap<string, WaitingTicket>, onOver: Props['onOver']): void {
  const before = useRef(tickets);
  useEffect(() => {
    [...before.current.keys()].filter((id) => !tickets.has(id)).forEach((id) => onOver(keyOf(id)));
    before.current = tickets;
  }, [tickets, onOver]);
}
