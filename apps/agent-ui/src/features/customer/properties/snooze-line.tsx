import { Button, Menu } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { TicketView } from '#contract';
import { useTexts } from '../../../i18n/use-texts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconClock } from '../../../ui/icons.js';
import { useSnoozePresets } from '../../../ui/snooze/use-snooze-presets.js';
import type { PropertyActions } from './use-properties.js';

const SnoozeForm = lazy(async () => ({ default: (await import('./snooze-form.js')).SnoozeForm }));

interface Props {
  ticket: TicketView;
  /** Who put it to sleep, where somebody did. */
  by: string | null;
  actions: PropertyActions;
}

/** Puts a ticket away until it matters again, or says until when it is. */
export function SnoozeLine({ ticket, by, actions }: Props) {
  const { t, format } = useI18n();
  if (ticket.state === 'solved' || ticket.state === 'closed') {
    return null;
  }
  if (ticket.snoozedUntil === null) {
    return <SnoozeMenu ticket={ticket} actions={actions} />;
  }
  const until =
    ticket.snoozedUntil === 'reply'
      ? t('props.snoozedReply')
      : t('props.snoozed', { when: format.dateTime(ticket.snoozedUntil) });
  return (
    <div className="props-row">
      <span className="chip" data-tone="warn">
        <IconClock size={14} aria-hidden /> {until}
        {by !== null && ` ${t('props.snoozedBy', { name: by })}`}
      </span>
      <Button size="compact-xs" variant="light" onClick={actions.wake}>
        {t('props.wake')}
      </Button>
    </div>
  );
}

function SnoozeMenu({ ticket, actions }: Omit<Props, 'by'>) {
  const { t } = useI18n();
  const [isOwn, setOwn] = useState(false);
  return (
    <div className="props-row">
      <Menu position="bottom-start">
        <Menu.Target>
          <Button size="compact-sm" variant="default" leftSection={<IconClock size={15} aria-hidden />}>
            {t('props.snooze')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('props.snoozeOnly')}</Menu.Label>
          <Times onPick={actions.snooze} />
          <Menu.Item onClick={() => setOwn(true)}>{t('props.until.own')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {isOwn && <SnoozeForm ticket={ticket} onSnooze={actions.snooze} onClose={() => setOwn(false)} />}
      </Suspense>
    </div>
  );
}

/** As from when the menu was opened. */
function Times({ onPick }: { onPick: PropertyActions['snooze'] }) {
  const { t, format } = useI18n();
  const presets = useSnoozePresets();
  const isSpoken = useTexts('bulk');
  return (
    isSpoken &&
    presets.map(({ name, at, wish }) => (
      <Menu.Item
        key={name}
        onClick={() => onPick(wish)}
        rightSection={at === null ? undefined : <small>{format.dateTime(at)}</small>}
      >
        {name === 'reply' ? t('props.until.reply') : t(`bulk.until.${name}`)}
      </Menu.Item>
    ))
  );
}
