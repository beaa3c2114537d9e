import { ActionIcon, CloseButton, NativeSelect } from '@mantine/core';
import type { BrokenAction, MacroAction } from '#contract';
import { useMe } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconDown } from '../../../ui/icons.js';
import { ActionFields } from './action-fields.js';
import './replies.css';

interface Props {
  actions: MacroAction[];
  /** Those that name something that is gone, as they were saved. */
  broken?: readonly BrokenAction[];
  onChange: (actions: MacroAction[]) => void;
}

/** What each kind of action begins with. */
const beginnings: Record<string, MacroAction> = {
  set_state: { do: 'set_state', state: 'pending' },
  set_priority: { do: 'set_priority', priority: 3 },
  add_tags: { do: 'add_tags', tags: [] },
  remove_tags: { do: 'remove_tags', tags: [] },
  set_field: { do: 'set_field', field: '', value: null },
  move_to_queue: { do: 'move_to_queue', queueId: '' },
  assign: { do: 'assign', agentId: 'actor' },
  snooze: { do: 'snooze', until: { workDays: 1 } },
  follow: { do: 'follow', agentId: 'actor' },
  note: { do: 'note', text: '' },
  reply: { do: 'reply', text: {} },
  canned_reply: { do: 'canned_reply', cannedReplyId: '' },
  ask_survey: { do: 'ask_survey', surveyId: '' },
  call_webhook: { do: 'call_webhook', webhookId: '' },
};
const most = 20;

/** The actions of a macro or rule, in the order in which they are done. */
export function ActionsEditor({ actions, broken = [], onChange }: Props) {
  const { t } = useI18n();
  const isAdmin = useMe().role === 'admin';
  const kinds = Object.keys(beginnings).filter((kind) => isAdmin || kind !== 'call_webhook');
  const put = (index: number, action: MacroAction) => onChange(actions.with(index, action));
  const swap = (index: number) => {
    const [one, other] = [actions[index], actions[index + 1]];
    if (one && other) {
      onChange(actions.with(index, other).with(index + 1, one));
    }
  };
  return (
    <fieldset className="form-part">
      <legend>{t('kept.actions')}</legend>
      <ol className="replies-actions">
        {actions.map((action, index) => (
          // Rows are told apart by their place: two actions may be alike.
          <li key={`${String(index)} ${action.do}`}>
            <span className="replies-action-head">
              <strong>{t(`kept.do_${action.do}`, { defaultValue: action.do })}</strong>
              {broken.some((one) => one.index === index) && (
                <span className="chip" data-tone="bad">
                  {t('kept.broken')}
                </span>
              )}
              <ActionIcon
                size="sm"
                aria-label={t('kept.later')}
                title={t('kept.later')}
                disabled={index === actions.length - 1}
                onClick={() => swap(index)}
              >
                <IconDown size={15} />
              </ActionIcon>
              <CloseButton
                size="sm"
                aria-label={t('kept.removeStep', { step: index + 1 })}
                onClick={() => onChange(actions.filter((_, place) => place !== index))}
              />
            </span>
            <ActionFields action={action} onChange={(next) => put(index, next)} />
          </li>
        ))}
      </ol>
      <NativeSelect
        aria-label={t('kept.addAction')}
        value=""
        disabled={actions.length >= most}
        onChange={(event) => {
          const begun = beginnings[event.currentTarget.value];
          if (begun) {
            onChange([...actions, begun]);
          }
        }}
        data={[
          { value: '', label: t('kept.addAction') },
          ...kinds.map((value) => ({ value, label: t(`kept.do_${value}`, { defaultValue: value }) })),
        ]}
      />
    </fieldset>
  );
}
