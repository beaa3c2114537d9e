import { Button, Menu, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelView } from '#contract';
import { hub } from '../../api/hub.js';
import { keys } from '../../api/keys.js';
import { channelsQuery, useMe } from '../../api/queries.js';
import { knowsChannels, learnChannels } from '../../i18n/i18n.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { ChannelMark } from '../../ui/channel-mark.js';
import { IconPlus } from '../../ui/icons.js';
import { notify } from '../../ui/notify.js';
import { Empty, Failed } from '../../ui/states.js';
import { useAction } from '../../ui/use-action.js';
import { channelForms, formOf, type ChannelFormSpec } from './channel-fields.js';
import { ChannelForm } from './channel-form.js';
import { MailboxTools } from './mailbox/mailbox-tools.js';
import { WidgetSnippet } from './widget-snippet.js';

type Opened = { spec: ChannelFormSpec; channel: ChannelView | null };

/** The ways in and out of this installation. */
export function ChannelsSection() {
  const { t } = useI18n();
  const me = useMe();
  const channels = useQuery(channelsQuery);
  const isSpoken = useChannelTexts();
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
  const mayChange = me.role === 'admin';
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
              <ChannelMark kind={channel.kind} size={32} />
              <span className="channels-name">
                <bdi>{channel.name}</bdi>
                <small>{t(`channel.${channel.kind}`)}</small>
                {channel.problem && <bdi className="channels-problem">{channel.problem}</bdi>}
              </span>
              <ChannelState channel={channel} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The words of this section come with it: the inbox does without them. */
function useChannelTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsChannels(i18n));
  useEffect(() => {
    void learnChannels(i18n).then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}

function ChannelState({ channel }: { channel: ChannelView }) {
  const { t } = useI18n();
  if (channel.enabled && channel.problem !== null) {
    return (
      <span className="chip" data-tone="bad">
        {t('settings.channelProblem')}
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
  // A mailbox is tried out once it is stored.
  const saved = (stored: ChannelView) => {
    noted();
    if (stored.kind === 'email') {
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
      {channel?.kind === 'web' && <WidgetSnippet channelId={channel.id} />}
      {channel?.kind === 'email' && <MailboxTools channel={channel} />}
      <ChannelForm key={channel?.id} spec={spec} channel={channel} onSaved={saved} onCancel={onDone} />
    </>
  );
}
