import { Button, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ChannelView } from '#contract';
import { ConnectionCheck } from '../../features/settings/mailbox/connection-check.js';
import '../../features/settings/mailbox/mailbox.css';
import { ChatInstall } from '../../features/settings/web-chat/chat-install.js';
import { pageOf, valuesOf } from '../../features/settings/web-chat/web-chat-values.js';
import { Arrived } from '../../features/start/arrived.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { ChannelMark } from '../../ui/channel-mark.js';
import { IconDone } from '../../ui/icons.js';

interface Props {
  channel: ChannelView;
  onOther: () => void;
}

/** A channel that is connected: how it is put to use, and whether it works. */
export function ChannelReady({ channel, onOther }: Props) {
  const { t } = useI18n();
  return (
    <Stack>
      <p className="start-arrived" data-tone="good">
        <ChannelMark kind={channel.kind} size={24} />
        <span>{t('start.channel.is', { name: channel.name })}</span>
        <IconDone size={20} aria-hidden />
      </p>
      {channel.kind === 'web' ? <Chat channel={channel} /> : <Check channel={channel} />}
      {channel.kind !== 'web' && <Arrived />}
      <div className="start-line">
        <Link to="/settings/$section" params={{ section: 'channels' }}>
          {t('start.channel.more')}
        </Link>
        <Button variant="default" size="xs" onClick={onOther}>
          {t('start.channel.other')}
        </Button>
      </div>
    </Stack>
  );
}

/** The chat itself, of the same hub: what is written there is a real message. */
function Chat({ channel: { id, name, config } }: { channel: ChannelView }) {
  const { t } = useI18n();
  const { colour, side } = valuesOf({ config } as ChannelView);
  const place = { hub: location.origin, channelId: id, colour, side };
  return (
    <>
      <section aria-label={t('start.channel.testChat')}>
        <h3>{t('start.channel.tryChat')}</h3>
        <iframe className="start-chat" title={t('start.channel.testChat')} src={`/chat/${id}`} />
        <p className="start-hint">
          <a href={pageOf(place)} target="_blank" rel="noreferrer">
            {t('start.channel.openChat')}
          </a>
        </p>
      </section>
      <Arrived />
      <ChatInstall name={name} place={place} />
    </>
  );
}

function Check({ channel }: { channel: ChannelView }) {
  const { t } = useI18n();
  return (
    <section>
      <h3>{t('start.channel.check')}</h3>
      {channel.problem !== null && (
        <bdi className="start-problem" dir="auto">
          {channel.problem}
        </bdi>
      )}
      <ConnectionCheck id={channel.id} />
    </section>
  );
}
