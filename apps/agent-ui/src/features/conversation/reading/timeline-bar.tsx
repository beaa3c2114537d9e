import { Menu } from '@mantine/core';
import { useRef } from 'react';
import type { ConversationView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { IconExpand } from '../../../ui/icons.js';
import { notify } from '../../../ui/notify.js';
import { showMessage } from '../wanted-message.js';
import { channelsOf, isFiltered, kindNames } from './message-filter.js';
import { placesOf } from './places.js';
import './timeline-bar.css';
import type { Filtering } from './use-filter.js';
import type { OlderMessages } from './use-older-messages.js';

interface Props {
  view: ConversationView;
  filtering: Filtering;
  older: OlderMessages;
}

/** Over the timeline: what of it is shown, how much is not, and where to go at once. */
export function TimelineBar({ view, filtering, older }: Props) {
  const isSpoken = useTexts('reading');
  const { t } = useI18n();
  if (!isSpoken) {
    return <div className="timeline-bar" />;
  }
  return (
    <div className="timeline-bar">
      <fieldset className="timeline-filters" aria-label={t('reading.label')}>
        <Filters view={view} filtering={filtering} />
      </fieldset>
      <output className="timeline-hidden">
        <Hidden filtering={filtering} />
      </output>
      <GoTo view={view} older={older} />
    </div>
  );
}

function Filters({ view, filtering: { filter, change, showAll } }: Omit<Props, 'older'>) {
  const { t } = useI18n();
  const channels = channelsOf(view.messages);
  // One channel alone is no choice, unless it is the one that was chosen.
  const offered = channels.length > 1 || filter.channel !== null ? channels : [];
  return (
    <>
      <Toggle isOn={!isFiltered(filter)} onPress={showAll} label={t('reading.all')} />
      {kindNames.map((name) => (
        <Toggle
          key={name}
          isOn={filter.only === name}
          onPress={() => change({ only: filter.only === name ? null : name })}
          label={t(`reading.${name}`)}
        />
      ))}
      {offered.map((channel) => (
        <Toggle
          key={channel}
          isOn={filter.channel === channel}
          onPress={() => change({ channel: filter.channel === channel ? null : channel })}
          label={t(`channel.${channel}`)}
        />
      ))}
    </>
  );
}

function Toggle({ isOn, onPress, label }: { isOn: boolean; onPress: () => void; label: string }) {
  return (
    <button type="button" className="timeline-toggle" aria-pressed={isOn} onClick={onPress}>
      {label}
    </button>
  );
}

/** What is hidden is said, and what is new of it aloud: nobody waits for an answer behind a filter. */
function Hidden({ filtering: { hidden, showAll } }: Pick<Props, 'filtering'>) {
  const { t } = useI18n();
  if (hidden.all === 0) {
    return null;
  }
  return (
    <button
      type="button"
      className="timeline-toggle"
      data-tone={hidden.news > 0 ? 'warn' : undefined}
      onClick={showAll}
    >
      {hidden.news > 0 ? t('reading.hiddenNew', { count: hidden.news }) : t('reading.hidden', { count: hidden.all })}
    </button>
  );
}

function GoTo({ view, older }: Omit<Props, 'filtering'>) {
  const { t } = useI18n();
  const places = placesOf(view);
  const target = useRef<HTMLButtonElement>(null);
  const isLeaving = useRef(false);
  const go = async (name: keyof typeof places) => {
    isLeaving.current = true;
    const find = places[name];
    const message = find(view.messages) ?? (await older.readBackTo((rows) => find([...rows, ...view.messages])));
    if (message === null) {
      notify(t('reading.nowhere'));
      target.current?.focus();
    } else {
      showMessage({ conversation: view.id, message });
    }
  };
  const stay = () => {
    if (!isLeaving.current) {
      target.current?.focus();
    }
    isLeaving.current = false;
  };
  return (
    // The focus comes back to who stays: given back to who left, it would leave the message that was gone to.
    <Menu position="bottom-end" returnFocus={false} onClose={stay}>
      <Menu.Target>
        <button ref={target} type="button" className="timeline-toggle timeline-go">
          {t('reading.goTo')} <IconExpand size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={view.unread === 0} onClick={() => void go('firstUnread')}>
          {t('reading.firstUnread')}
        </Menu.Item>
        <Menu.Item onClick={() => void go('lastAnswer')}>{t('reading.lastAnswer')}</Menu.Item>
        <Menu.Item onClick={() => void go('lastNote')}>{t('reading.lastNote')}</Menu.Item>
        {view.messages.length > 0 && <Menu.Item onClick={() => void go('newest')}>{t('reading.newest')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
