import type { ChannelView } from '#contract';
import { useMe } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { SendTest } from '../tools/send-test.js';
import { ConnectionCheck } from './connection-check.js';
import { DnsRecords } from './dns-records.js';
import { HealthLight } from './health-light.js';
import './mailbox.css';

/** How a mailbox is doing, and what can be tried with it. All of it speaks of the settings as they are stored. */
export function MailboxTools({ channel }: { channel: ChannelView }) {
  const { t } = useI18n();
  const me = useMe();
  return (
    <div className="mailbox-tools">
      <HealthLight channel={channel} />
      <ConnectionCheck id={channel.id} />
      <SendTest id={channel.id} words="mailbox" placeholder={t('mailbox.testTo')} first={me.email} />
      <DnsRecords id={channel.id} />
    </div>
  );
}
