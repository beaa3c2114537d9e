import { Button, Skeleton } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { NoticeView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Failed } from '../../../ui/states.js';
import { hush, loudOf, type WaitingWork } from '../waiting/waiting-work.js';
import { NoticeLine } from './notice-line.js';
import { useNoticePages, useReadNotices } from './use-notices.js';

interface Props {
  work: WaitingWork;
  onWork: (change: (work: WaitingWork) => WaitingWork) => void;
  unread: number;
  onClose: () => void;
}

/** What concerns the reader, newest first, and above it what waits for anybody. */
export function NoticePanel({ work, onWork, unread, onClose }: Props) {
  const { t } = useI18n();
  const read = useReadNotices();
  return (
    <div className="notices-panel">
      <div className="notices-head">
        <h2>{t('alerts.bell')}</h2>
        <Button size="compact-sm" variant="subtle" disabled={unread === 0} onClick={() => read({})}>
          {t('alerts.readAll')}
        </Button>
      </div>
      {work.tickets.size > 0 && <Waiting work={work} onWork={onWork} onClose={onClose} />}
      <List onClose={onClose} />
    </div>
  );
}

function Waiting({ work, onWork, onClose }: Omit<Props, 'unread'>) {
  const { t, format } = useI18n();
  const navigate = useNavigate();
  const count = work.tickets.size;
  const isHushed = loudOf(work).length === 0;
  const show = () => {
    onClose();
    void navigate({ to: '/inbox/$view', params: { view: 'unassigned' } });
  };
  return (
    <div className="notices-waiting">
      <p>{t('alerts.waiting', { count, number: format.number(count) })}</p>
      <Button size="compact-sm" onClick={show}>
        {t('alerts.waitingShow')}
      </Button>
      {isHushed ? (
        <span>{t('alerts.hushed')}</span>
      ) : (
        <Button size="compact-sm" variant="default" onClick={() => onWork(hush)}>
          {t('alerts.hush')}
        </Button>
      )}
    </div>
  );
}

function List({ onClose }: Pick<Props, 'onClose'>) {
  const { t } = useI18n();
  const open = useOpenNotice(onClose);
  const read = useReadNotices();
  const pages = useNoticePages();
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  if (pages.isPending) {
    return <Skeleton height={180} />;
  }
  if (pages.isError && rows.length === 0) {
    return <Failed error={pages.error} retry={() => void pages.refetch()} />;
  }
  if (rows.length === 0) {
    return <p className="notices-empty">{t('alerts.empty')}</p>;
  }
  return (
    <div className="notices-scroll">
      <ul>
        {rows.map((notice) => (
          <NoticeLine
            key={notice.id}
            notice={notice}
            onOpen={() => open(notice)}
            onRead={() => read({ ids: [notice.id] })}
          />
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button
          variant="subtle"
          fullWidth
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('alerts.more')}
        </Button>
      )}
    </div>
  );
}

/** Leads to the conversation, and to the message where there is one, without another list before the reader than they had. */
function useOpenNotice(onClose: () => void): (notice: NoticeView) => void {
  const navigate = useNavigate();
  const read = useReadNotices();
  const { view = 'mine' } = useParams({ strict: false });
  return ({ id, about, alert, kind }) => {
    if (alert) {
      read({ ids: [id] });
      onClose();
      void navigate({ to: '/monitor' });
    }
    if (about && kind === 'hand') {
      read({ ids: [id] });
      onClose();
      void navigate({ to: '/watch/$conversation', params: { conversation: about.conversation } });
    } else if (about && kind === 'review') {
      read({ ids: [id] });
      onClose();
      void navigate({ to: '/quality/$part', params: { part: 'mine' } });
    } else if (about) {
      read({ ids: [id] });
      onClose();
      const search = { ticket: about.ticket?.id, message: about.message?.id };
      void navigate({
        to: '/inbox/$view/$conversation',
        params: { view, conversation: about.conversation },
        search,
      });
    }
  };
}
