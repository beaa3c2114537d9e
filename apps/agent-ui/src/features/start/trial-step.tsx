import { Button, Skeleton, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ChannelView } from '#contract';
import { hub as calls } from '../../api/hub.js';
import { channelsQuery, demoQuery } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { ChannelMark } from '../../ui/channel-mark.js';
import { Empty } from '../../ui/states.js';
import { useAction } from '../../ui/use-action.js';
import { Arrived } from './arrived.js';
import type { StepWays } from './start-page.js';
import { StepFrame } from './step-frame.js';

interface Props extends StepWays {
  /** Lets one be a customer on a channel. */
  simulate: (channel: ChannelView) => ReactNode;
}

/** A message from nobody, by the way that a real one takes; and the demonstration, where there is one. */
export function TrialStep({ hub, onNext, onSkip, onBack, simulate }: Props) {
  const channels = useQuery(channelsQuery);
  if (!channels.data) {
    return <Skeleton height={320} />;
  }
  const channel = channels.data.find(({ id }) => id === hub.channel?.id) ?? null;
  return (
    <StepFrame
      step="trial"
      isDone={hub.message !== null}
      onBack={onBack}
      onSkip={onSkip}
      next={hub.message === null ? null : { run: onNext }}
    >
      <Stack>
        <Trial channel={channel} simulate={simulate} />
        <Demo />
      </Stack>
    </StepFrame>
  );
}

function Trial({ channel, simulate }: { channel: ChannelView | null; simulate: Props['simulate'] }) {
  const { t } = useI18n();
  if (channel === null) {
    return (
      <Empty
        action={
          <Link to="/start/$step" params={{ step: 'channel' }}>
            {t('start.trial.toChannel')}
          </Link>
        }
      >
        {t('start.trial.noChannel')}
      </Empty>
    );
  }
  return (
    <section className="start-part" aria-label={t('start.trial.write')}>
      <h3 className="start-channel">
        <ChannelMark kind={channel.kind} size={24} />
        <bdi>{channel.name}</bdi>
      </h3>
      {channel.kind === 'phone' ? <p className="start-hint">{t('start.trial.phone')}</p> : simulate(channel)}
      <Arrived />
    </section>
  );
}

function Demo() {
  const { t } = useI18n();
  const queries = useQueryClient();
  const demo = useQuery(demoQuery);
  const remove = useAction(
    () => calls.removeDemo(),
    () => void queries.invalidateQueries(),
  );
  if (!demo.data) {
    return null;
  }
  return (
    <section className="start-part" aria-label={t('start.trial.demo')}>
      <h3>{t('start.trial.demo')}</h3>
      <p className="start-hint">{t(demo.data.present ? 'start.trial.demoIs' : 'start.trial.demoNone')}</p>
      {demo.data.present && (
        <Button variant="light" color="red" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
          {t('settings.demoRemove')}
        </Button>
      )}
    </section>
  );
}
