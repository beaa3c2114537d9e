import { Button, Menu, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { ChannelStatusView, ChannelView } from '#contract';
import { hub } from '../../api/hub.js';
import { keys } from '../../api/keys.js';
import { channelsQuery, useMe } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { ChannelMark } from '../../ui/channel-mark.js';
import { IconPlus } from '../../ui/icons.js';
import { notify } from '../../ui/notify.js';
import { Empty, Failed } from '../../ui/states.js';
import { useAction } from '../../ui/use-action.js';
import { channelForms, formOf, type ChannelFormSpec } from './channel-fields.js';
import { ChannelForm } from './channel-form.js';
import { MailboxTools } from './mailbox/mailbox-tools.js';
import { StatusLines, toldAlarms, useChannelStatus } from './tools/channel-status.js';
import { ChannelTools } from './tools/channel-tools.js';
import { useTexts } from '../../i18n/use-texts.js';

const PhoneTools = lazy(async () => ({ default: (await import('./phone/phone-tools.js')).PhoneTools }));
const WebChatPage = lazy(() => import('./web-chat/web-chat-page.js').then((page) => ({ default: page.WebChatPage })));

type Opened = { spec: ChannelFormSpec; channel: ChannelView | null };

/** The ways in and out of this installation. */
export function ChannelsSection() {
  const { t } = useI18n();
  const me = useMe();
  const channels = useQuery(channelsQuery);
  const isSpoken = useTexts('channels');
  const mayChange = me.permissions.includes('channels.manage');
  const status = useChannelStatus(mayChange);
  const [opened, setOpened] = useState<Opened | null>(null);
  if (opened) {
    // What the tools beside the form have changed meanwhile counts: the form must not put back what it was opened with.
    const channel = channels.data?.find(({ id }) => id === opened.channel?.id) ?? opened.channel;
    return <OneChannel opened={{ ...opened, channel }} onOpen={setOpened} onDone={() => setOpened(null)} />;
  }
  if (channels.isError) {
    return <Failed error={channels.error} retry={() => void channels.refetch()} />;
  }
  if (!channels.data || !isSpoken) {
    return <Skeleton height={180} />;
  }
  return (
    <>
      <div className="settings-head">
        <h2>{t('settings.channels')}</h2>
        {mayChange && <AddChannel onChoose={(spec) => setOpened({ spec, channel: null })} />}
      </div>
      {!mayChange && <p className="settings-hint">{t('settings.adminsOnly')}</p>}
      {channels.data.length === 0 && <Empty>{t('settings.noChannels')}</Empty>}
      <ul className="channels">
        {channels.data.map((channel) => (
          <li key={channel.id}>
            <button
              type="button"
              disabled={!mayChange}
              onClick={() => setOpened({ spec: formOf(channel.kind, channel.config), channel })}
            >
              <Card channel={channel} status={status.get(channel.id)} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A channel at a glance: what it is, whether it works, when it last brought something. */
function Card({ channel, status }: { channel: ChannelView; status: ChannelStatusView | undefined }) {
  const { t } = useI18n();
  return (
    <>
      <ChannelMark kind={channel.kind} size={32} />
      <span className="channels-name">
        <bdi>{channel.name}</bdi>
        <small>{t(`channel.${channel.kind}`)}</small>
        {channel.problem && <bdi className="channels-problem">{channel.problem}</bdi>}
        {status && channel.enabled && <StatusLines status={status} />}
      </span>
      <ChannelState channel={channel} alarmed={status !== undefined && toldAlarms(status).length > 0} />
    </>
  );
}

function ChannelState({ channel, alarmed }: { channel: ChannelView; alarmed: boolean }) {
  const { t } = useI18n();
  if (channel.enabled && channel.problem !== null) {
    return (
      <span className="chip" data-tone="bad">
        {t('settings.channelProblem')}
      </span>
    );
  }
  if (channel.enabled && alarmed) {
    return (
      <span className="chip" data-tone="warn">
        {t('tools.alarmed')}
      </span>
    );
  }
  return (
    <span className="chip" data-tone={channel.enabled ? 'good' : undefined}>
      {channel.enabled ? t('settings.channelOn') : t('settings.channelOff')}
    </span>
  );
}

function AddChannel({ onChoose }: { onChoose: (spec: ChannelFormSpec) => void }) {
  const { t } = useI18n();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<IconPlus size={17} />}>{t('settings.addChannel')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {channelForms.map((spec) => (
          <Menu.Item
            key={spec.form}
            leftSection={<ChannelMark kind={spec.kind} size={20} />}
            onClick={() => onChoose(spec)}
          >
            {t(`form.${spec.form}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface OneChannelProps {
  opened: Opened;
  onOpen: (opened: Opened) => void;
  onDone: () => void;
}

function OneChannel({ opened: { spec, channel }, onOpen, onDone }: OneChannelProps) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const noted = () => {
    void queries.invalidateQueries({ queryKey: keys.channels });
    notify(t('common.saved'));
  };
  const remove = useAction(
    (id: string) => hub.removeChannel(id),
    () => {
      noted();
      onDone();
    },
  );
  // A mailbox is tried out once it is stored, a chat has what goes into a site, and a phone what its provider must know.
  const saved = (stored: ChannelView) => {
    noted();
    if (stored.kind === 'email' || stored.kind === 'web' || stored.kind === 'phone') {
      onOpen({ spec, channel: stored });
      void queries.invalidateQueries({ queryKey: keys.mailDns(stored.id) });
    } else {
      onDone();
    }
  };
  const removeIfSure = ({ id, name }: ChannelView) => {
    if (window.confirm(t('settings.removeSure', { name }))) {
      remove.mutate(id);
    }
  };
  return (
    <>
      <div className="settings-head">
        <h2>{channel ? t('settings.editChannel', { name: channel.name }) : t(`form.${spec.form}`)}</h2>
        {channel && (
          <Button variant="light" color="red" loading={remove.isPending} onClick={() => removeIfSure(channel)}>
            {t('settings.remove')}
          </Button>
        )}
      </div>
      {channel?.kind === 'email' && <MailboxTools channel={channel} />}
      {channel?.kind === 'phone' && (
        <Suspense>
          <PhoneTools channel={channel} />
        </Suspense>
      )}
      {channel && <ChannelTools channel={channel} />}
      {spec.form === 'web' ? (
        <Suspense fallback={<Skeleton height={320} />}>
          <WebChatPage key={channel?.id} channel={channel} onSaved={saved} onCancel={onDone} />
        </Suspense>
      ) : (
        <ChannelForm key={channel?.id} spec={spec} channel={channel} onSaved={saved} onCancel={onDone} />
      )}
    </>
  );
}
