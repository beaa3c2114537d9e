import { NativeSelect, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ScriptFiguresView, ScriptNodeFiguresView } from '#contract';
import { scriptKeys, scripts } from '../../../api/scripts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { ScrollRegion } from '../../../ui/scroll-region.js';
import { Empty, Failed } from '../../../ui/states.js';
import type { TabProps } from '../script-desk.js';

const spans = [7, 30, 90] as const;

/** What came of the talks: how many were settled without people, and where customers left or were not understood. */
export function FiguresTab({ script }: TabProps) {
  const { t, format } = useI18n();
  const [days, setDays] = useState<number>(30);
  const figures = useQuery({
    queryKey: scriptKeys.figures(script.id, days),
    queryFn: ({ signal }) => scripts.figures(script.id, days, signal),
  });
  return (
    <>
      <div className="settings-head">
        <h2>{t('figures.title')}</h2>
        <NativeSelect
          aria-label={t('figures.span')}
          value={String(days)}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
          data={spans.map((value) => ({
            value: String(value),
            label: t('figures.days', { days: format.number(value) }),
          }))}
        />
      </div>
      {figures.isError && <Failed error={figures.error} retry={() => void figures.refetch()} />}
      {figures.isPending && <Skeleton height={160} />}
      {figures.data &&
        (figures.data.started === 0 ? <Empty>{t('figures.none')}</Empty> : <All figures={figures.data} />)}
    </>
  );
}

function useShare() {
  const { t, format } = useI18n();
  return (part: number, whole: number) =>
    whole === 0 ? '–' : t('figures.percent', { percent: format.number(Math.round((part / whole) * 100)) });
}

function All({ figures }: { figures: ScriptFiguresView }) {
  const { t, format } = useI18n();
  const share = useShare();
  const { started } = figures;
  const tiles = [
    ['started', format.number(started)],
    ['engaged', share(figures.engaged, started)],
    ['contained', share(figures.contained, started)],
    ['falselyContained', share(figures.falselyContained, started)],
    ['handedOff', share(figures.handedOff, started)],
    ['dropped', share(figures.dropped, started)],
    ['missRate', figures.missRate === null ? '–' : share(figures.missRate, 1)],
    ['medianTurns', figures.medianTurns === null ? '–' : format.number(figures.medianTurns)],
    ['toPerson', figures.medianSecondsToPerson === null ? '–' : format.duration(figures.medianSecondsToPerson)],
  ] as const;
  return (
    <>
      <dl className="script-tiles">
        {tiles.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`figures.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Nodes nodes={figures.nodes} />
      <Versions figures={figures} />
      {figures.handoffReasons.length > 0 && (
        <>
          <h2>{t('figures.reasons')}</h2>
          <ul className="script-results">
            {figures.handoffReasons.map(({ reason, count }) => (
              <li key={reason}>
                {t(`figures.reason_${reason}` as 'figures.reason_script', { defaultValue: reason })}:{' '}
                {format.number(count)}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Nodes({ nodes }: { nodes: readonly ScriptNodeFiguresView[] }) {
  const { t, format } = useI18n();
  const share = useShare();
  const most = Math.max(1, ...nodes.map(({ visits }) => visits));
  return (
    <ScrollRegion className="script-table-wrap" label={t('figures.byNode')}>
      <table className="script-table">
        <caption>{t('figures.byNode')}</caption>
        <thead>
          <tr>
            {(['node', 'visits', 'left', 'misses', 'choices'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`figures.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {nodes.map(({ node, visits, dropped, misses, options }) => (
            <tr key={node}>
              <th scope="row">
                <bdi dir="ltr" className="script-id">
                  {node}
                </bdi>
              </th>
              <td>
                {format.number(visits)}
                <span className="script-bar" style={{ inlineSize: `${(visits / most) * 60}px` }} />
              </td>
              <td data-tone={visits > 0 && dropped / visits > 0.2 ? 'bad' : undefined}>
                {format.number(dropped)} ({share(dropped, visits)})
              </td>
              <td>
                {format.number(misses)} ({share(misses, visits)})
              </td>
              <td>
                {options.map(({ option, count }) => (
                  <span key={option} className="chip">
                    <bdi dir="ltr">{option}</bdi> {format.number(count)}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Versions({ figures: { versions, channels } }: { figures: ScriptFiguresView }) {
  const { t, format } = useI18n();
  const share = useShare();
  const rows = [
    ...versions.map((one) => ({
      key: one.versionId,
      name: t('versions.number', { version: format.digits(one.version) }),
      ...one,
    })),
    ...channels.map((one) => ({ key: one.channel, name: t(`script.channel_${one.channel}`), ...one })),
  ];
  return (
    <ScrollRegion className="script-table-wrap" label={t('figures.byVersion')}>
      <table className="script-table">
        <caption>{t('figures.byVersion')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('figures.which')}</th>
            <th scope="col">{t('figures.started')}</th>
            <th scope="col">{t('figures.contained')}</th>
            <th scope="col">{t('figures.handedOff')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, started, contained, handedOff }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td>{format.number(started)}</td>
              <td>{share(contained, started)}</td>
              <td>{share(handedOff, started)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
