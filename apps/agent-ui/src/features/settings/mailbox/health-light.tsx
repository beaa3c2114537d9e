import { useQuery } from '@tanstack/react-query';
import type { ChannelHealthView, ChannelView } from '#contract';
import { hub } from '../../../api/hub.js';
import { keys } from '../../../api/keys.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconAlert, IconDone, IconFailed, IconSkipped } from '../../../ui/icons.js';
import { useNow } from '../../../ui/use-now.js';

const lights = {
  green: { Icon: IconDone, tone: 'good' },
  yellow: { Icon: IconAlert, tone: 'warn' },
  red: { Icon: IconFailed, tone: 'bad' },
  off: { Icon: IconSkipped, tone: undefined },
} as const;

const lookAgainMs = 15_000;

/** Whether mail comes and goes, with the reason where it does not. */
export function HealthLight({ channel: { id } }: { channel: ChannelView }) {
  const { t, format } = useI18n();
  const health = useQuery({
    queryKey: keys.channelHealth(id),
    queryFn: () => hub.channelHealth(id),
    refetchInterval: lookAgainMs,
  });
  if (!health.data) {
    return null;
  }
  const { light, problem, lastOutError } = health.data;
  const { Icon, tone } = lights[light];
  return (
    <section className="mailbox-health" aria-label={t('mailbox.health')}>
      <span className="chip" data-tone={tone}>
        <Icon size={15} aria-hidden /> {t(`mailbox.light_${light}`)}
      </span>
      {problem && <bdi className="settings-problem">{problem}</bdi>}
      {!problem && lastOutError && (
        <p className="settings-hint">
          {t('mailbox.lastFailed', { when: format.dateTime(lastOutError.at) })}
          <bdi dir="ltr" className="mailbox-words">
            {lastOutError.text}
          </bdi>
        </p>
      )}
      <Times health={health.data} />
    </section>
  );
}

function Times({ health: { lastInAt, lastOutAt, polledAt, waiting } }: { health: ChannelHealthView }) {
  const { t, format } = useI18n();
  const now = useNow();
  const told = [
    { key: 'mailbox.polled', at: polledAt } as const,
    { key: 'mailbox.lastIn', at: lastInAt } as const,
    { key: 'mailbox.lastOut', at: lastOutAt } as const,
  ].flatMap(({ key, at }) => (at === null ? [] : [t(key, { when: format.ago(at, now) })]));
  const lines = waiting > 0 ? [...told, t('mailbox.waiting', { count: waiting })] : told;
  return lines.length > 0 ? <p className="settings-hint">{lines.join(' · ')}</p> : null;
}
