import { NativeSelect, SegmentedControl } from '@mantine/core';
import { Suspense } from 'react';
import type { ConversationView, ReplyWay } from '#contract';
import { wayKey, type WritingKind } from '../../api/drafts.js';
import { isolateLtr } from '../../i18n/isolate.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { ChannelMark } from '../../ui/channel-mark.js';
import { late } from '../../ui/late.js';
import { useNow } from '../../ui/use-now.js';
import { ticketNumber } from '../../ui/ticket-number.js';
import { BetterWayHint } from './better-way.js';
import type { Composing } from './use-composer.js';

/** Only mail has subjects and copies. */
const ComposerMail = late(async () => ({ default: (await import('./mail/composer-mail.js')).ComposerMail }));

interface Props {
  view: ConversationView;
  composing: Composing;
  onKind: (kind: WritingKind) => void;
}

/** Where the words will go: to whom, over which channel, about which ticket. A note goes nowhere, so it has none of these. */
export function ComposerRoute({ view, composing, onKind }: Props) {
  const { t } = useI18n();
  const { kind, way, mailing, change } = composing;
  return (
    <>
      <div className="composer-route">
        <SegmentedControl
          size="xs"
          value={kind}
          onChange={(next) => onKind(next as WritingKind)}
          aria-label={t('composer.kind')}
          data={[
            { value: 'text', label: t('composer.reply') },
            { value: 'note', label: t('composer.note') },
          ]}
        />
        {kind === 'text' && view.ways.length > 0 && <WaySelect ways={view.ways} composing={composing} />}
        {kind === 'text' && <TicketSelect view={view} composing={composing} />}
        {kind === 'text' && way && <LastUsed way={way} />}
      </div>
      {kind === 'text' && <ClosedWay way={way} ways={view.ways} />}
      {kind === 'text' && <BetterWayHint view={view} composing={composing} />}
      {way && mailing && (
        <Suspense>
          <ComposerMail view={view} way={way} sent={composing.sent} mailing={mailing} change={change} />
        </Suspense>
      )}
    </>
  );
}

function WaySelect({ ways, composing: { way, change } }: { ways: readonly ReplyWay[]; composing: Composing }) {
  const { t } = useI18n();
  const labelOf = ({ channelId, channelKind, channelName, address, unavailable }: ReplyWay) => {
    // A channel needs its own name only where there are two of its kind.
    const isOnly = ways.every((way) => way.channelKind !== channelKind || way.channelId === channelId);
    const channel = isOnly ? t(`channel.${channelKind}`) : channelName;
    // A browser has no address that says anything to anybody.
    const isNameless = channelKind === 'web' && ways.filter((way) => way.channelKind === 'web').length === 1;
    const label = isNameless ? channel : t('composer.wayOption', { channel, address: isolateLtr(address) });
    return unavailable ? t('composer.wayUnavailable', { way: label, reason: t(`composer.${unavailable}`) }) : label;
  };
  return (
    <NativeSelect
      size="xs"
      className="composer-way"
      leftSection={way && <ChannelMark kind={way.channelKind} size={18} />}
      aria-label={t('composer.way')}
      value={way ? wayKey(way) : ''}
      onChange={(event) => change({ way: event.currentTarget.value })}
      data={ways.map((one) => ({ value: wayKey(one), label: labelOf(one), disabled: one.unavailable !== null }))}
    />
  );
}

/** Offered only where it matters: with several tickets open, which one is this about? */
function TicketSelect({ view, composing: { draft, change } }: { view: ConversationView; composing: Composing }) {
  const { t, format } = useI18n();
  const open = view.tickets.filter(({ state }) => state !== 'closed' && state !== 'solved');
  if (open.length < 2) {
    return null;
  }
  const options = open.map((ticket) => ({
    value: ticket.id,
    label: t('message.moveToTicket', { number: ticketNumber(ticket, format), subject: ticket.subject }),
  }));
  return (
    <NativeSelect
      size="xs"
      className="composer-way"
      aria-label={t('composer.about')}
      value={draft.ticketId ?? ''}
      onChange={(event) => change({ ticketId: event.currentTarget.value || undefined })}
      data={[{ value: '', label: t('composer.aboutAuto') }, ...options]}
    />
  );
}

function LastUsed({ way: { lastUsedAt } }: { way: ReplyWay }) {
  const { t, format } = useI18n();
  const now = useNow();
  return lastUsedAt ? (
    <span className="composer-hint">{t('composer.lastUsed', { when: format.ago(lastUsedAt, now) })}</span>
  ) : null;
}

/** Each way there is, and what keeps it closed. */
function WhyClosed({ ways }: { ways: readonly ReplyWay[] }) {
  const { t } = useI18n();
  const reasons = ways.flatMap(({ channelName, unavailable }) =>
    unavailable ? [t('composer.wayUnavailable', { way: channelName, reason: t(`composer.${unavailable}`) })] : [],
  );
  return reasons.length > 0 ? <bdi className="composer-why">{[...new Set(reasons)].join(' · ')}</bdi> : null;
}

function ClosedWay({ way, ways }: { way: ReplyWay | undefined; ways: readonly ReplyWay[] }) {
  const { t } = useI18n();
  if (way && way.unavailable === null) {
    return null;
  }
  return (
    <output className="composer-closed">
      {way?.unavailable ? t('composer.wayGone', { reason: t(`composer.${way.unavailable}`) }) : t('composer.noWay')}
      {!way && <WhyClosed ways={ways} />}
    </output>
  );
}
