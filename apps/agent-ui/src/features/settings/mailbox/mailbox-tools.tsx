import type { ChannelView } from '#contract';
import { ConnectionCheck } from './connection-check.js';
import { DnsRecords } from './dns-records.js';
import { HealthLight } from './health-light.js';
import './mailbox.css';
import { TestMessage } from './test-message.js';

/** How a mailbox is doing, and what can be tried with it. All of it speaks of the settings as they are stored. */
export function MailboxTools({ channel }: { channel: ChannelView }) {
  return (
    <div className="mailbox-tools">
      <HealthLight channel={channel} />
      <ConnectionCheck id={channel.id} />
      <TestMessage id={channel.id} />
      <DnsRecords id={channel.id} />
    </div>
  );
}
