import { Button, Group, NativeSelect, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ScriptDiffLineView, ScriptReleaseView, ScriptVersionView, ScriptView } from '#contract';
import { scriptKeys, scripts } from '../../../api/scripts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { ScrollRegion } from '../../../ui/scroll-region.js';
import { notify } from '../../../ui/notify.js';
import { Empty, Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';
import type { TabProps } from '../script-desk.js';

/** What was published, what answers now and next, and what differs. */
export function VersionsTab({ script, mayEdit }: TabProps) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const took = (view: ScriptView) => {
    queries.setQueryData(scriptKeys.one(script.id), view);
    void queries.invalidateQueries({ queryKey: scriptKeys.list });
    notify(t('common.saved'));
  };
  const rollBack = useAction((versionId: string) => scripts.rollBack(script.id, versionId), took);
  const cancel = useAction((release: string) => scripts.cancelRelease(script.id, release), took);
  const [now] = useState(() => Date.now());
  const kept = script.releases.filter(({ cancelledAt }) => cancelledAt === null);
  const coming = kept.filter(({ at }) => Date.parse(at) > now);
  const trial = kept.find(({ at, percent, version }) => isTrial(script, version, percent) && Date.parse(at) <= now);
  const wasLive = (id: string) =>
    script.releases.some(({ versionId, at, percent }) => versionId === id && percent === 100 && Date.parse(at) <= now);
  return (
    <>
      <div className="settings-head">
        <h2>{t('versions.title')}</h2>
      </div>
      {script.versions.length === 0 && <Empty>{t('versions.none')}</Empty>}
      {trial && <Trial release={trial} onEnd={mayEdit ? () => cancel.mutate(trial.id) : null} />}
      {coming.map((release) => (
        <Coming key={release.id} release={release} onCancel={mayEdit ? () => cancel.mutate(release.id) : null} />
      ))}
      <ul className="channels script-versions">
        {script.versions.map((version) => (
          <Version
            key={version.id}
            version={version}
            isBusy={rollBack.isPending}
            wasLive={wasLive(version.id)}
            onBack={mayEdit && !version.isLive ? () => rollBack.mutate(version.id) : null}
          />
        ))}
      </ul>
      {script.versions.length > 0 && <Difference script={script} />}
    </>
  );
}

/** What a share of the customers gets now; a later version for all has taken over the others. */
function isTrial({ canary }: ScriptView, version: number, percent: number): boolean {
  return percent < 100 && canary?.version === version && canary.percent === percent;
}

function Trial({
  release: { version, percent, at },
  onEnd,
}: {
  release: ScriptReleaseView;
  onEnd: (() => void) | null;
}) {
  const { t, format } = useI18n();
  return (
    <p className="script-gate script-coming" data-tone="warn">
      {t('versions.trial', {
        version: format.digits(version),
        at: format.dateTime(at),
        percent: format.number(percent),
      })}{' '}
      {onEnd && (
        <Button size="compact-sm" variant="default" onClick={onEnd}>
          {t('versions.endTrial')}
        </Button>
      )}
    </p>
  );
}

interface ComingProps {
  release: ScriptReleaseView;
  onCancel: (() => void) | null;
}

function Coming({ release: { version, at, percent }, onCancel }: ComingProps) {
  const { t, format } = useI18n();
  return (
    <p className="script-gate script-coming">
      {t(percent === 100 ? 'versions.comingForAll' : 'versions.coming', {
        version: format.digits(version),
        at: format.dateTime(at),
        percent: format.number(percent),
      })}{' '}
      {onCancel && (
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {t('versions.cancel')}
        </Button>
      )}
    </p>
  );
}

interface VersionProps {
  version: ScriptVersionView;
  isBusy: boolean;
  /** Everybody had it once. */
  wasLive: boolean;
  onBack: (() => void) | null;
}

function Version({ version: one, isBusy, wasLive, onBack }: VersionProps) {
  const { t, format } = useI18n();
  const { version, publishedAt, by, note, hash, isLive, running } = one;
  return (
    <li className="script-version">
      <span className="channels-name">
        <span>
          {t('versions.number', { version: format.digits(version) })}{' '}
          {isLive && (
            <span className="chip" data-tone="good">
              {t('versions.live')}
            </span>
          )}
        </span>
        {note && <bdi>{note}</bdi>}
        <small>
          {format.dateTime(publishedAt)} ·{' '}
          {by && (
            <>
              <bdi>{by.name}</bdi> ·{' '}
            </>
          )}
          <bdi dir="ltr">{hash.slice(0, 8)}</bdi>
        </small>
        {running > 0 && <small>{t('versions.running', { count: running, talks: format.number(running) })}</small>}
      </span>
      {onBack && (
        <Button variant="default" size="xs" loading={isBusy} onClick={onBack}>
          {t(wasLive ? 'versions.back' : 'versions.makeLive')}
        </Button>
      )}
    </li>
  );
}

function Difference({ script }: { script: ScriptView }) {
  const { t, format } = useI18n();
  const newest = script.versions[0]?.id ?? '';
  const [from, setFrom] = useState(script.versions.find(({ isLive }) => isLive)?.id ?? newest);
  const [to, setTo] = useState('draft');
  const diff = useQuery({
    queryKey: scriptKeys.diff(script.id, from, to, script.draftVersion),
    queryFn: ({ signal }) => scripts.diff(script.id, from, to, signal),
  });
  const choices = [
    { value: 'draft', label: t('versions.draft') },
    ...script.versions.map(({ id, version }) => ({
      value: id,
      label: t('versions.number', { version: format.digits(version) }),
    })),
  ];
  return (
    <section aria-label={t('versions.diff')} className="script-diff">
      <h2>{t('versions.diff')}</h2>
      <Group gap="xs">
        <NativeSelect
          label={t('versions.from')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
          data={choices}
        />
        <NativeSelect
          label={t('versions.to')}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          data={choices}
        />
      </Group>
      {diff.isError && <Failed error={diff.error} retry={() => void diff.refetch()} />}
      {diff.isPending && <Skeleton height={120} mt={12} />}
      {diff.data && (
        <>
          {(['added', 'removed', 'changed'] as const).map(
            (how) =>
              diff.data.nodes[how].length > 0 && (
                <p key={how}>
                  {t(`versions.nodes_${how}`)}{' '}
                  <bdi dir="ltr" className="script-id">
                    {diff.data.nodes[how].join(', ')}
                  </bdi>
                </p>
              ),
          )}
          <Lines lines={diff.data.lines} />
        </>
      )}
    </section>
  );
}

const around = 3;
const signs = { same: ' ', added: '+', removed: '−' } as const;

/** Lines that differ, with some around them. */
function Lines({ lines }: { lines: readonly ScriptDiffLineView[] }) {
  const { t } = useI18n();
  const isNear = (at: number) =>
    lines.slice(Math.max(0, at - around), at + around + 1).some(({ change }) => change !== 'same');
  const shown = lines.map((line, at) => ({ line, at })).filter(({ at }) => isNear(at));
  if (shown.length === 0) {
    return <p className="settings-hint">{t('versions.same')}</p>;
  }
  return (
    <ScrollRegion className="script-lines" dir="ltr" label={t('versions.lines')}>
      <pre>
        {shown.map(({ line: { change, text, before, after }, at }, place) => (
          <span
            key={at}
            data-change={change}
            data-gap={place > 0 && shown[place - 1]?.at !== at - 1 ? true : undefined}
          >
            <i>{after ?? before}</i>
            {`${signs[change]} ${text}\n`}
          </span>
        ))}
      </pre>
    </ScrollRegion>
  );
}
