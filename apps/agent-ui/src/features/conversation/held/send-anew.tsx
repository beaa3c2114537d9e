import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { MessageView, ReplyWay } from '#contract';
import { changeDraft, draftAt, draftKey, wayKey } from '../../../api/drafts.js';
import { conversationQuery } from '../../../api/queries.js';
import { isolateLtr } from '../../../i18n/isolate.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { ChannelMark } from '../../../ui/channel-mark.js';
import { useCommands } from '../../../ui/commands.js';
import { IconEdit } from '../../../ui/icons.js';
import { notify } from '../../../ui/notify.js';

/** What did not arrive is written anew from its own words: changed, or over another way. Nothing leaves before its writer sends it. */
export function SendAnew({ message, person }: { message: MessageView; person: string }) {
  const { t } = useI18n();
  const isSpoken = useTexts('sending');
  const view = useQuery({ ...conversationQuery(person), enabled: false }).data;
  const write = useCommands((commands) => commands.reply);
  if (!isSpoken || !view) {
    return null;
  }
  const begin = (way?: ReplyWay) => {
    const key = draftKey(person, 'text');
    const begun = draftAt(key).body;
    const body = [message.body, begun].filter((text) => text.trim() !== '').join('\n\n');
    changeDraft(key, { body, ...(way && { way: wayKey(way) }) });
    write?.();
    if (message.attachments.length > 0) {
      notify(t('anew.files'));
    }
  };
  const others = view.ways.filter(
    ({ unavailable, channelId }) => unavailable === null && channelId !== message.channel?.id,
  );
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Button size="compact-xs" variant="subtle" leftSection={<IconEdit size={14} />}>
          {t('anew.label')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => begin()}>{t('anew.edit')}</Menu.Item>
        {others.length > 0 && <Menu.Label>{t('anew.over')}</Menu.Label>}
        {others.map((way) => (
          <Menu.Item
            key={wayKey(way)}
            leftSection={<ChannelMark kind={way.channelKind} size={18} />}
            onClick={() => begin(way)}
          >
            {t('composer.wayOption', { channel: way.channelName, address: isolateLtr(way.address) })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
