import { useNavigate, useParams } from '@tanstack/react-router';
import type { RefObject } from 'react';
import type { ConversationView } from '#contract';
import { wayKey } from '../../api/drafts.js';
import { isolateLtr } from '../../i18n/isolate.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useCommand } from '../../ui/commands.js';
import { notify } from '../../ui/notify.js';
import type { Composing } from './use-composer.js';

type Field = RefObject<HTMLTextAreaElement | null>;

/** What keys do to what is being written, besides typing it. None of them takes a word away. */
export function useComposerCommands(view: ConversationView, composing: Composing, field: Field): void {
  const { kind, maySend, submit } = composing;
  useCommand('back', useWayBack());
  useCommand('sendAndResolve', kind === 'text' && maySend ? () => submit({ do: 'solve' }) : null);
  useWayCommand(view, composing, field, 1);
  useWayCommand(view, composing, field, 2);
  useWayCommand(view, composing, field, 3);
  useWayCommand(view, composing, field, 4);
  useWayCommand(view, composing, field, 5);
}

/** To the list; what is begun stays begun. */
function useWayBack(): () => void {
  const navigate = useNavigate();
  const { view = 'mine' } = useParams({ strict: false });
  return () =>
    void navigate({
      to: '/inbox/$view',
      params: { view },
      search: ({ queue }) => (queue === undefined ? {} : { queue }),
    });
}

/** The reply goes over the n-th way of the list, or it is said why it cannot. The words stay; what the way takes is looked at anew. */
function useWayCommand(view: ConversationView, composing: Composing, field: Field, number: 1 | 2 | 3 | 4 | 5): void {
  const { t } = useI18n();
  const way = view.ways[number - 1];
  const choose = () => {
    if (!way) {
      return;
    }
    const name = t('composer.wayOption', { channel: way.channelName, address: isolateLtr(way.address) });
    if (way.unavailable) {
      notify(t('composer.wayUnavailable', { way: name, reason: t(`composer.${way.unavailable}`) }), 'bad');
      return;
    }
    composing.setKind('text');
    composing.changeReply({ way: wayKey(way) });
    field.current?.focus();
    notify(t('composer.wayNow', { way: name }), 'good', 'way');
  };
  useCommand(`channel${number}`, way ? choose : null);
}
