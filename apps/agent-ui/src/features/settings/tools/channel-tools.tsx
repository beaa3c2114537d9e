import { useState, type ReactNode } from 'react';
import type { ChannelView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { ConnectionCheck } from '../mailbox/connection-check.js';
import '../mailbox/mailbox.css';
import { addressKey } from './address-key.js';
import { ChannelLog } from './channel-log.js';
import { StatusLines, useChannelStatus } from './channel-status.js';
import { SendTest } from './send-test.js';
import { SimulateInbound } from './simulate-inbound.js';
import './tools.css';
import { TryMap } from './try-map.js';
import { WatchForm } from './watch-form.js';

/** Kinds that write to somebody who can be named beforehand. A visitor of a web chat is there or not, and calls are not written. */
const sends = new Set<ChannelView['kind']>(['sms', 'telegram', 'messages']);
const simulates = new Set<ChannelView['kind']>(['email', 'sms', 'telegram', 'web', 'messages']);

/** How a stored channel is doing, what can be tried with it, and what left over it. A mailbox brings tools of its own for some of it. */
export function ChannelTools({ channel }: { channel: ChannelView }) {
  const { t } = useI18n();
  const status = useChannelStatus(true).get(channel.id);
  const isMailbox = channel.kind === 'email';
  return (
    <div className="mailbox-tools">
      {status && (
        <section className="tools-status" aria-label={t('tools.status')}>
          <StatusLines status={status} />
        </section>
      )}
      {!isMailbox && <ConnectionCheck id={channel.id} />}
      {sends.has(channel.kind) && <SendTest id={channel.id} words="tools" placeholder={t(addressKey(channel.kind))} />}
      {simulates.has(channel.kind) && (
        <Part title={t('tools.simulate')}>
          <SimulateInbound channel={channel} />
        </Part>
      )}
      {channel.kind === 'sms' && channel.config['driver'] === 'gateway' && (
        <Part title={t('tools.tryMap')}>
          <TryMap id={channel.id} />
        </Part>
      )}
      <Part title={t('tools.watch')}>{status && <WatchForm key={channel.id} status={status} />}</Part>
      <Part title={t('tools.log')}>
        <ChannelLog id={channel.id} />
      </Part>
    </div>
  );
}

/** What is asked of the hub only when somebody opens it. */
function Part({ title, children }: { title: string; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="form-part" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen && children}
    </details>
  );
}
