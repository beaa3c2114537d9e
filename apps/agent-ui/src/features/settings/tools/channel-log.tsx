import { Button, NativeSelect, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import type { ChannelDeliveryView } from '#contract';
import { channelTools, type ChannelLogPart } from '../../../api/channel-tools.js';
import { hub } from '../../../api/hub.js';
import { keys } from '../../../api/keys.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconRefresh } from '../../../ui/icons.js';
import { Ltr } from '../../../ui/ltr.js';
import { Empty, Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';

const parts = ['waiting', 'sent', 'troubled'] as const satisfies ChannelLogPart[];
const tones = {
  queued: 'warn',
  sending: 'warn',
  sent: 'good',
  unconfirmed: 'warn',
  parked: 'warn',
  failed: 'bad',
  cancelled: undefined,
} as const;
const lookAgainMs = 15_000;

/** What left over a channel, or did not, newest first. */
export function ChannelLog({ id }: { id: string }) {
  const { t } = useI18n();
  const [show, setShow] = useState<ChannelLogPart | null>(null);
  const log = useInfiniteQuery({
    queryKey: [...keys.channelLog(id), show],
    queryFn: ({ pageParam, signal }) => channelTools.deliveries(id, show, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: lookAgainMs,
  });
  const rows = log.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div className="tools-log">
      <NativeSelect
        aria-label={t('tools.show')}
        value={show ?? ''}
        onChange={(event) => setShow((event.currentTarget.value || null) as ChannelLogPart | null)}
        data={[
          { value: '', label: t('tools.show_all') },
          ...parts.map((one) => ({ value: one, label: t(`tools.show_${one}`) })),
        ]}
      />
      {log.isError && <Failed error={log.error} retry={() => void log.refetch()} />}
      {log.isPending && <Skeleton height={90} />}
      {log.data && rows.length === 0 && <Empty>{t('tools.logEmpty')}</Empty>}
      <ol>
        {rows.map((row) => (
          <Line key={row.id} channel={id} row={row} />
        ))}
      </ol>
      {log.hasNextPage && (
        <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {t('webhooks.older')}
        </Button>
      )}
    </div>
  );
}

function Line({ channel, row }: { channel: string; row: ChannelDeliveryView }) {
  const { t, format } = useI18n();
  const queries = useQueryClient();
  const { conversation, seq } = row;
  const resend = useAction(
    () => hub.resend(conversation, { conversation, seq }, uuid()),
    () => void queries.invalidateQueries({ queryKey: keys.channelLog(channel) }),
  );
  return (
    <li>
      <div className="settings-line">
        <span className="webhooks-what">
          <Ltr className="tools-address">{row.address}</Ltr>
          <small>{format.dateTime(row.at)}</small>
        </span>
        <span className="chip" data-tone={tones[row.state]}>
          {t(`tools.state_${row.state}`)}
        </span>
      </div>
      {row.error && (
        <bdi dir="auto" className="mailbox-words">
          {row.error.text}
        </bdi>
      )}
      <small>
        {t('tools.tries', { count: row.attempts })}
        {row.dueAt && row.attempts > 0 && ` · ${t('webhooks.nextTry', { when: format.dateTime(row.dueAt) })}`}
      </small>
      <div className="tools-acts">
        <Link to="/inbox/$view/$conversation" params={{ view: 'all', conversation }}>
          {t('tools.openIt')}
        </Link>
        {row.mayResend && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconRefresh size={15} />}
            loading={resend.isPending}
            onClick={() => resend.mutate(undefined)}
          >
            {t('tools.resend')}
          </Button>
        )}
      </div>
    </li>
  );
}
