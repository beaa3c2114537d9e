import { Button, NativeSelect, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { ExportFormat, ExportKind, ExportView } from '#contract';
import { useMay } from '../../api/queries.js';
import { reportKeys, reports, type ExportWish } from '../../api/reports.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { Empty, Failed } from '../../ui/states.js';
import { useAction } from '../../ui/use-action.js';
import { questionOf, type ReportSearch } from './report-search.js';
import { RangeBar } from './range-bar.js';
import { useReaderPlace } from '../../ui/dates/use-reader-place.js';
import { useWhy } from './use-why.js';

const kinds: readonly ExportKind[] = ['conversations', 'tickets', 'customers'];
/** How often who waits for a file asks for it, in milliseconds. */
const lookMs = 1_500;

/** Everything of some days, as a file that is made in the background. */
export function ExportsScreen() {
  const { t } = useI18n();
  return useMay('exports.make') ? (
    <>
      <p className="reports-hint">{t('reports.exports.intro')}</p>
      <Start />
      <List />
    </>
  ) : (
    <Empty>{t('reports.exports.noRight')}</Empty>
  );
}

function useFresh(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: reportKeys.exports });
}

function Start() {
  const { t, locale } = useI18n();
  const place = useReaderPlace();
  const [search, setSearch] = useState<ReportSearch>({});
  const [kind, setKind] = useState<ExportKind>('conversations');
  const [format, setFormat] = useState<ExportFormat>('jsonl');
  const [withNotes, setWithNotes] = useState(false);
  const start = useAction((wish: ExportWish) => reports.startExport(wish), useFresh());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { from, to, zone, queue, channel, agent, tag } = questionOf('volume', search, place);
    start.mutate({ kind, format, from, to, zone, queue, channel, agent, tag, locale, withNotes });
  };
  return (
    <form onSubmit={submit}>
      <RangeBar search={search} onSearch={setSearch} isAlone>
        <NativeSelect
          label={t('reports.exports.kind')}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as ExportKind)}
          data={kinds.map((value) => ({ value, label: t(`reports.exports.${value}`) }))}
        />
        <NativeSelect
          label={t('reports.exports.format')}
          value={format}
          onChange={(event) => setFormat(event.currentTarget.value as ExportFormat)}
          data={(['jsonl', 'csv'] as const).map((value) => ({ value, label: t(`reports.${value}`) }))}
        />
      </RangeBar>
      <div className="reports-foot reports-hint">
        <Button type="submit" loading={start.isPending}>
          {t('reports.exports.start')}
        </Button>
        {kind === 'conversations' && (
          <label className="reports-check">
            <input
              type="checkbox"
              checked={withNotes}
              onChange={(event) => setWithNotes(event.currentTarget.checked)}
            />
            {t('reports.exports.notes')}
          </label>
        )}
      </div>
    </form>
  );
}

function List() {
  const { t } = useI18n();
  const answer = useQuery({
    queryKey: reportKeys.exports,
    queryFn: ({ signal }) => reports.exports(signal),
    refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'running') ? lookMs : false),
  });
  if (answer.isPending) {
    return <Skeleton height={160} />;
  }
  if (answer.isError) {
    return <Failed error={answer.error} retry={() => void answer.refetch()} />;
  }
  if (answer.data.length === 0) {
    return <Empty>{t('reports.exports.none')}</Empty>;
  }
  return (
    <ul className="reports-list" aria-label={t('reports.exports.list')}>
      {answer.data.map((one) => (
        <One key={one.id} made={one} />
      ))}
    </ul>
  );
}

function One({ made }: { made: ExportView }) {
  const { t, format } = useI18n();
  const remove = useAction((id: string) => reports.removeExport(id), useFresh());
  const whyOf = useWhy();
  const day = (key: string) => format.day(`${key}T12:00:00`);
  const state = {
    running: () => t('reports.exports.running', { count: made.rows }),
    done: () => t('reports.exports.done', { count: made.rows, size: format.bytes(made.bytes ?? 0) }),
    failed: () => (made.why ? t('reports.exports.goneWhy', { why: whyOf(made.why) }) : t('reports.exports.gone')),
  }[made.state]();
  return (
    <li>
      <div className="reports-list-words">
        <strong>{t(`reports.exports.${made.kind}`)}</strong>
        <span>{t('reports.range.days', { from: day(made.from), to: day(made.to) })}</span>
        <output data-tone={made.state === 'failed' ? 'bad' : undefined}>{state}</output>
        <small>
          {t('reports.exports.by', { who: made.madeBy.name, time: format.dateTime(made.createdAt) })}
          {made.expiresAt && ` · ${t('reports.exports.keep', { time: format.dateTime(made.expiresAt) })}`}
        </small>
      </div>
      {made.state === 'done' && (
        <Button component="a" href={reports.exportFile(made.id)} download variant="light">
          {t('reports.exports.get')}
        </Button>
      )}
      <Button variant="subtle" color="gray" loading={remove.isPending} onClick={() => remove.mutate(made.id)}>
        {t(made.state === 'running' ? 'reports.exports.stop' : 'reports.exports.remove')}
      </Button>
    </li>
  );
}
