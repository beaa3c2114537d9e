import { Button, Group, NativeSelect, Skeleton, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutreachPreviewRow, OutreachView } from '#contract';
import { hub } from '../../../api/hub.js';
import { keys } from '../../../api/keys.js';
import { outreach } from '../../../api/outreach.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Dialog } from '../../../ui/dialog.js';
import { Empty, Failed } from '../../../ui/states.js';
import { notify } from '../../../ui/notify.js';
import { useAction } from '../../../ui/use-action.js';

/** Who would get what if it left now, a copy for oneself, and the button that lets it go. */
export function OutreachPreview({ one, onScheduled }: { one: OutreachView; onScheduled: () => void }) {
  const { t, format } = useI18n();
  const preview = useQuery({
    queryKey: keys.outreachPreview(one.id, one.version),
    queryFn: ({ signal }) => outreach.preview(one.id, signal),
  });
  const [isAsking, setAsking] = useState(false);
  const schedule = useAction(
    () => outreach.step(one.id, 'schedule'),
    () => {
      setAsking(false);
      notify(t(one.startsAt === null ? 'outreach.begun' : 'outreach.scheduled'), 'good');
      onScheduled();
    },
  );
  if (preview.isError) {
    return <Failed error={preview.error} retry={() => void preview.refetch()} />;
  }
  if (!preview.data) {
    return <Skeleton height={160} />;
  }
  const { rows, counts, isCut } = preview.data;
  const told = { send: counts.send, skip: counts.skip, wait: counts.wait, held: counts.holdOut };
  return (
    <section className="outreach-preview" aria-label={t('outreach.preview')}>
      <div className="settings-line">
        <h3>{t('outreach.preview')}</h3>
        <Button
          loading={schedule.isPending}
          onClick={() => (one.startsAt === null ? setAsking(true) : schedule.mutate(undefined))}
        >
          {t(one.startsAt === null ? 'outreach.sendNow' : 'outreach.schedule')}
        </Button>
      </div>
      {isAsking && (
        <Dialog title={t('outreach.sendSure', { name: one.name })} onClose={() => setAsking(false)}>
          <p>{t('outreach.sendSureHint')}</p>
          <Group>
            <Button loading={schedule.isPending} onClick={() => schedule.mutate(undefined)}>
              {t('outreach.sendNow')}
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('common.cancel')}
            </Button>
          </Group>
        </Dialog>
      )}
      {rows.length === 0 && <Empty>{t('outreach.nobody')}</Empty>}
      {rows.length > 0 && (
        <p>
          {t('outreach.counts', {
            send: format.digits(told.send),
            skip: format.digits(told.skip),
            wait: format.digits(told.wait),
            held: format.digits(told.held),
          })}{' '}
          {isCut && t('outreach.cut', { count: format.digits(rows.length) })}
        </p>
      )}
      <ul className="outreach-rows">
        {rows.map((row) => (
          <PreviewLine key={row.personId} row={row} />
        ))}
      </ul>
      <TestForm one={one} />
    </section>
  );
}

function PreviewLine({ row }: { row: OutreachPreviewRow }) {
  const { t } = useI18n();
  const isSent = row.outcome === 'send';
  return (
    <li>
      <div className="outreach-row-head">
        <bdi>{row.name || t('outreach.nameless')}</bdi>
        <span className="chip" data-tone={isSent ? 'good' : undefined}>
          {row.why === '' ? t(`outreach.outcome_${row.outcome}`) : t(`outreach.why_${row.why}`)}
        </span>
        {row.channel && (
          <small>
            <bdi>{row.channel.name}</bdi>
          </small>
        )}
        {row.details.length > 0 && <code dir="ltr">{row.details.join(', ')}</code>}
      </div>
      {isSent && (
        <details>
          <summary>{t('outreach.showText')}</summary>
          {row.subject !== '' && (
            <p>
              <strong dir="auto">{row.subject}</strong>
            </p>
          )}
          <p className="outreach-words" dir="auto">
            {row.text}
          </p>
        </details>
      )}
    </li>
  );
}

function TestForm({ one }: { one: OutreachView }) {
  const { t } = useI18n();
  const channels = useQuery({ queryKey: keys.channels, queryFn: hub.channels });
  const fit = (channels.data ?? []).filter(({ id }) => one.channelIds.includes(id));
  const [channelId, setChannel] = useState<string | null>(null);
  const [address, setAddress] = useState('');
  const chosen = channelId ?? fit[0]?.id ?? '';
  const send = useAction(
    () => outreach.test(one.id, chosen, address.trim()),
    () => notify(t('outreach.tested'), 'good'),
  );
  if (fit.length === 0) {
    return null;
  }
  return (
    <fieldset className="form-part">
      <legend>{t('outreach.test')}</legend>
      <p className="settings-hint">{t('outreach.testHint')}</p>
      <div className="outreach-line">
        <NativeSelect
          label={t('outreach.testChannel')}
          value={chosen}
          data={fit.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => setChannel(event.currentTarget.value)}
        />
        <TextInput
          label={t('outreach.testAddress')}
          dir="ltr"
          maxLength={320}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
      </div>
      <Button
        variant="default"
        mt={8}
        disabled={address.trim() === ''}
        loading={send.isPending}
        onClick={() => send.mutate(undefined)}
      >
        {t('outreach.sendTest')}
      </Button>
    </fieldset>
  );
}
