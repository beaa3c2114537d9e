import { Menu } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { AfterSendView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useSnoozePresets } from '../../ui/snooze/use-snooze-presets.js';
import { IconCheck, IconClock, IconMoon } from '../../ui/icons.js';

interface Props {
  /** What it opens from. */
  target: ReactNode;
  onSend: (afterwards: AfterSendView) => void;
  onClose: () => void;
}

/** Sends and decides about the ticket at once: the hub does both in the moment in which the message leaves, or neither. */
export function SendMenu({ target, onSend, onClose }: Props) {
  const { t } = useI18n();
  const isSpoken = useTexts('sending');
  const [isNapping, setNapping] = useState(false);
  if (!isSpoken) {
    return target;
  }
  return (
    <Menu defaultOpened position="top-end" width={290} withinPortal onClose={onClose}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        {isNapping ? (
          <>
            <Menu.Label>{t('sendThen.snoozeUntil')}</Menu.Label>
            <Naps onSend={onSend} />
          </>
        ) : (
          <>
            <Menu.Item
              leftSection={<IconCheck size={16} />}
              rightSection={<kbd>Ctrl ⇧ ↵</kbd>}
              onClick={() => onSend({ do: 'solve' })}
            >
              {t('sendThen.solve')}
            </Menu.Item>
            <Menu.Item leftSection={<IconClock size={16} />} onClick={() => onSend({ do: 'pending' })}>
              {t('sendThen.pending')}
            </Menu.Item>
            <Menu.Item leftSection={<IconMoon size={16} />} closeMenuOnClick={false} onClick={() => setNapping(true)}>
              {t('sendThen.snooze')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The same times as at the ticket itself. */
function Naps({ onSend }: Pick<Props, 'onSend'>) {
  const { t, format } = useI18n();
  const presets = useSnoozePresets();
  return (
    useTexts('bulk') &&
    presets.map(({ name, at, wish }) => (
      <Menu.Item
        key={name}
        rightSection={at !== null && <small>{`${format.day(at)} ${format.time(at)}`}</small>}
        onClick={() => onSend({ do: 'snooze', until: wish })}
      >
        {t(`bulk.until.${name}`)}
      </Menu.Item>
    ))
  );
}
