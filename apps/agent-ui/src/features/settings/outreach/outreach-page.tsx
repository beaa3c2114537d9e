import { Button, Group, NativeSelect, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { OutreachGroupView, OutreachPersonState, OutreachPersonView, OutreachView, SegmentView } from '#contract';
import { keys } from '../../../api/keys.js';
import { outreach, type OutreachStep } from '../../../api/outreach.js';
import { useManages } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Empty, Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';

interface Props {
  one: OutreachView;
  segments: SegmentView[];
  onChanged: () => void;
  onBack: () => void;
}

const stepsOf: Record<OutreachView['state'], OutreachStep[]> = {
  draft: [],
  scheduled: ['withdraw', 'stop'],
  running: ['pause', 'stop'],
  paused: ['resume', 'stop'],
  done: [],
  stopped: [],
};

/** One that is under way or over: its figures, who got it and who did not, and how to halt it. */
export function OutreachPage({ one, segments, onChanged, onBack }: Props) {
  const { t, format } = useI18n();
  const isAdmin = useManages('automation.manage');
  const act = useAction((step: OutreachStep) => outreach.step(one.id, step), onChanged);
  return (
    <>
      <div className="settings-head">
        <h2>
          <bdi>{one.name}</bdi>
        </h2>
        <span className="chip">{t(`outreach.state_${one.state}`)}</span>
      </div>
      <p className="settings-hint">
        <bdi>{segments.find(({ id }) => id === one.segmentId)?.name ?? t('outreach.segmentGone')}</bdi>
        {' · '}
        {t(`outreach.purpose_${one.purpose}`)}
        {one.nextAt !== null && ` · ${t('outreach.next', { at: format.dateTime(one.nextAt) })}`}
      </p>
      <Group>
        {isAdmin &&
          stepsOf[one.state].map((step) => (
            <Button
              key={step}
              variant={step === 'stop' ? 'light' : 'default'}
              {...(step === 'stop' && { color: 'red' })}
              loading={act.isPending && act.variables === step}
              onClick={() => act.mutate(step)}
            >
              {t(`outreach.step_${step}`)}
            </Button>
          ))}
        <Button variant="default" onClick={onBack}>
          {t('outreach.back')}
        </Button>
      </Group>
      <Figures one={one} />
      <People one={one} />
    </>
  );
}

const counted = [
  'audience',
  'waiting',
  'sending',
  'sent',
  'delivered',
  'unconfirmed',
  'failed',
  'skipped',
  'heldOut',
  'fellOver',
  'optedOut',
] as const;

function Figures({ one }: { one: OutreachView }) {
  const { t, format } = useI18n();
  const figures = useQuery({
    queryKey: keys.outreachFigures(one.id, one.changedAt),
    queryFn: ({ signal }) => outreach.figures(one.id, signal),
    refetchInterval: one.state === 'running' ? 3_000 : false,
  });
  if (figures.isError) {
    return <Failed error={figures.error} retry={() => void figures.refetch()} />;
  }
  if (!figures.data) {
    return <Skeleton height={120} />;
  }
  const { told, held, skippedWhy, isFrozen } = figures.data;
  return (
    <section aria-label={t('outreach.figures')}>
      <h3>{t('outreach.figures')}</h3>
      {!isFrozen && <p className="settings-hint">{t('outreach.growing')}</p>}
      <dl className="outreach-figures">
        {counted.map((name) => (
          <div key={name}>
            <dt>{t(`outreach.figure_${name}`)}</dt>
            <dd>{format.digits(figures.data[name])}</dd>
          </div>
        ))}
      </dl>
      {skippedWhy.length > 0 && (
        <ul className="outreach-whys">
          {skippedWhy.map(({ why, people }) => (
            <li key={why}>
              {t(`outreach.why_${why}`)}: {format.digits(people)}
            </li>
          ))}
        </ul>
      )}
      <div className="surveys-table outreach-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('outreach.group')}</th>
              <th scope="col">{t('outreach.groupPeople')}</th>
              <th scope="col">{t('outreach.groupWrote', { days: format.digits(one.answerDays) })}</th>
              <th scope="col">{t('outreach.groupBought')}</th>
            </tr>
          </thead>
          <tbody>
            <Group4 name={t('outreach.told')} group={told} />
            {held.people > 0 && <Group4 name={t('outreach.held')} group={held} />}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Group4({ name, group: { people, wrote, bought } }: { name: string; group: OutreachGroupView }) {
  const { t, format } = useI18n();
  const share = (count: number) =>
    people === 0
      ? format.digits(0)
      : t('outreach.share', {
          count: format.digits(count),
          percent: format.digits(Math.round((100 * count) / people)),
        });
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{format.digits(people)}</td>
      <td>{share(wrote)}</td>
      <td>{share(bought)}</td>
    </tr>
  );
}

const states: readonly OutreachPersonState[] = [
  'sent',
  'skipped',
  'failed',
  'unconfirmed',
  'waiting',
  'sending',
  'held_out',
];

function People({ one }: { one: OutreachView }) {
  const { t } = useI18n();
  const [state, setState] = useState<OutreachPersonState | null>(null);
  const people = useInfiniteQuery({
    queryKey: keys.outreachPeople(one.id, one.changedAt, state),
    queryFn: ({ pageParam, signal }) => outreach.people(one.id, state, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    // Further pages were asked for to be read: they stand still.
    refetchInterval: (query) => (one.state === 'running' && (query.state.data?.pages.length ?? 0) < 2 ? 5_000 : false),
  });
  if (people.isError) {
    return <Failed error={people.error} retry={() => void people.refetch()} />;
  }
  const rows = people.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <section aria-label={t('outreach.people')}>
      <h3>{t('outreach.people')}</h3>
      <NativeSelect
        maw={280}
        label={t('outreach.peopleState')}
        value={state ?? ''}
        data={[
          { value: '', label: t('outreach.peopleAll') },
          ...states.map((value) => ({ value, label: t(`outreach.person_${value}`) })),
        ]}
        onChange={(event) => setState((event.currentTarget.value || null) as OutreachPersonState | null)}
      />
      {people.data && rows.length === 0 && <Empty>{t('outreach.nobodyHere')}</Empty>}
      <ul className="outreach-rows">
        {rows.map((row) => (
          <PersonLine key={`${row.personId} ${String(row.round)}`} row={row} />
        ))}
      </ul>
      {people.hasNextPage && (
        <Button variant="default" loading={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
          {t('outreach.more')}
        </Button>
      )}
    </section>
  );
}

function PersonLine({ row }: { row: OutreachPersonView }) {
  const { t, format } = useI18n();
  return (
    <li>
      <div className="outreach-row-head">
        <Link to="/inbox/$view/$conversation" params={{ view: 'all', conversation: row.conversationId }}>
          <bdi>{row.name || t('outreach.nameless')}</bdi>
        </Link>
        <span className="chip" data-tone={row.state === 'sent' ? 'good' : undefined}>
          {t(`outreach.person_${row.state}`)}
        </span>
        {row.why !== '' && <small>{t(`outreach.why_${row.why}`)}</small>}
        {row.channel && (
          <small>
            <bdi>{row.channel.name}</bdi>
          </small>
        )}
        {row.sentAt !== null && <small>{format.dateTime(row.sentAt)}</small>}
        {row.details.length > 0 && <code dir="ltr">{row.details.join(', ')}</code>}
      </div>
    </li>
  );
}
