import { Button, NativeSelect, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { WebhookAttemptView, WebhookDeliveryView } from '#contract';
import { keys } from '../../../api/keys.js';
import { webhooks, type WebhookLogState } from '../../../api/webhooks.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconRefresh } from '../../../ui/icons.js';
import { notify } from '../../../ui/notify.js';
import { Empty, Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';
import { typeKey } from './webhook-types.js';

const states = ['queued', 'sent', 'failed', 'skipped'] as const satisfies WebhookLogState[];
const tones = { queued: 'warn', sending: 'warn', sent: 'good', failed: 'bad', skipped: undefined } as const;
const lookAgainMs = 10_000;

/** Stretches of time that can be told again, in hours. */
const stretches = [1, 24, 168] as const;

/** What a webhook was told, how it answered, and telling it again. */
export function WebhookLog({ id }: { id: string }) {
  const { t } = useI18n();
  const [state, setState] = useState<WebhookLogState | null>(null);
  const log = useInfiniteQuery({
    queryKey: [...keys.webhookLog(id), state],
    queryFn: ({ pageParam, signal }) => webhooks.deliveries(id, state, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: lookAgainMs,
  });
  const rows = log.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <section className="webhooks-log" aria-label={t('webhooks.log')}>
      <div className="settings-line">
        <h3>{t('webhooks.log')}</h3>
        <NativeSelect
          aria-label={t('webhooks.show')}
          value={state ?? ''}
          onChange={(event) => setState((event.currentTarget.value || null) as WebhookLogState | null)}
          data={[
            { value: '', label: t('webhooks.state_all') },
            ...states.map((one) => ({ value: one, label: t(`webhooks.state_${one}`) })),
          ]}
        />
      </div>
      <ReplayStretch id={id} />
      {log.isError && <Failed error={log.error} retry={() => void log.refetch()} />}
      {log.isPending && <Skeleton height={90} />}
      {log.data && rows.length === 0 && <Empty>{t('webhooks.logEmpty')}</Empty>}
      <ol>
        {rows.map((row) => (
          <Line key={row.id} webhook={id} row={row} />
        ))}
      </ol>
      {log.hasNextPage && (
        <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {t('webhooks.older')}
        </Button>
      )}
    </section>
  );
}

function ReplayStretch({ id }: { id: string }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const [hours, setHours] = useState<number>(24);
  const replay = useAction(
    (failedOnly: boolean) =>
      webhooks.replay(id, { from: new Date(Date.now() - hours * 3_600_000).toISOString(), failedOnly }),
    ({ replayed }) => {
      notify(t('webhooks.replayed', { count: replayed }));
      void queries.invalidateQueries({ queryKey: keys.webhookLog(id) });
    },
  );
  return (
    <div className="webhooks-stretch">
      <NativeSelect
        aria-label={t('webhooks.stretch')}
        value={String(hours)}
        onChange={(event) => setHours(Number(event.currentTarget.value))}
        data={stretches.map((one) => ({ value: String(one), label: t(`webhooks.stretch_${one}`) }))}
      />
      <Button variant="default" loading={replay.isPending} onClick={() => replay.mutate(true)}>
        {t('webhooks.replayFailed')}
      </Button>
      <Button variant="default" loading={replay.isPending} onClick={() => replay.mutate(false)}>
        {t('webhooks.replayAll')}
      </Button>
    </div>
  );
}

function Line({ webhook, row }: { webhook: string; row: WebhookDeliveryView }) {
  const { t, format } = useI18n();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const replay = useAction(
    () => webhooks.replay(webhook, { delivery: row.id }),
    () => void queries.invalidateQueries({ queryKey: keys.webhookLog(webhook) }),
  );
  const isOver = row.dueAt === null;
  return (
    <li>
      <div className="settings-line">
        <span className="webhooks-what">
          <strong>{t(typeKey(row.type))}</strong>
          <small>{format.dateTime(row.happenedAt)}</small>
        </span>
        <span className="chip" data-tone={tones[row.state]}>
          {t(`webhooks.state_${row.state}`)}
        </span>
      </div>
      {row.last && <Answer attempt={row.last} />}
      {row.state === 'skipped' && <small>{t('webhooks.skippedWhy')}</small>}
      {row.dueAt && row.attempts > 0 && <small>{t('webhooks.nextTry', { when: format.dateTime(row.dueAt) })}</small>}
      <div className="webhooks-acts">
        {row.attempts > 0 && (
          <Button variant="subtle" size="compact-sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t('webhooks.attempts', { count: row.attempts })}
          </Button>
        )}
        {isOver && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconRefresh size={15} />}
            loading={replay.isPending}
            onClick={() => replay.mutate(undefined)}
          >
            {t('webhooks.replayOne')}
          </Button>
        )}
      </div>
      {isOpen && <Attempts webhook={webhook} delivery={row.id} />}
    </li>
  );
}

function Attempts({ webhook, delivery }: { webhook: string; delivery: string }) {
  const attempts = useQuery({
    queryKey: [...keys.webhookLog(webhook), 'attempts', delivery],
    queryFn: ({ signal }) => webhooks.attempts(webhook, delivery, signal),
  });
  if (attempts.isError) {
    return <Failed error={attempts.error} retry={() => void attempts.refetch()} />;
  }
  return (
    <ol className="webhooks-attempts">
      {(attempts.data ?? []).map((attempt) => (
        <li key={attempt.at}>
          <Answer attempt={attempt} isDated />
        </li>
      ))}
    </ol>
  );
}

function Answer({ attempt, isDated = false }: { attempt: WebhookAttemptView; isDated?: boolean }) {
  const { t, format } = useI18n();
  const { at, ms, status, error, answer } = attempt;
  return (
    <small>
      {isDated && `${format.dateTime(at)} · `}
      {status === null
        ? t('webhooks.noAnswer', { code: error ?? '', ms })
        : t('webhooks.answered', { status: String(status), ms })}
      {answer && (
        <bdi dir="auto" className="webhooks-words">
          {answer}
        </bdi>
      )}
    </small>
  );
}
