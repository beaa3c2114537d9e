import { Button, CloseButton, NativeSelect } from '@mantine/core';
import type { RuleActionView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { ActionParameter } from './action-parameter.js';
import { actionKinds, actionOf, type ActionKind } from './rule-draft.js';

const most = 20;

interface Props {
  actions: readonly RuleActionView[];
  onChange: (actions: RuleActionView[]) => void;
}

/** What is done, in its order. */
export function ActionsEditor({ actions, onChange }: Props) {
  const { t, format } = useI18n();
  return (
    <fieldset className="form-part">
      <legend>{t('rule.then')}</legend>
      <p className="settings-hint">{t('rule.thenHint')}</p>
      <ol className="rule-actions">
        {actions.map((action, index) => (
          <li key={index} aria-label={t('rule.action', { number: format.digits(index + 1) })}>
            <NativeSelect
              label={t('rule.does')}
              value={action.do}
              onChange={(event) => onChange(actions.with(index, actionOf(event.currentTarget.value as ActionKind)))}
              data={actionKinds.map((value) => ({ value, label: t(`rule.do_${value}`) }))}
            />
            <div className="rule-parameter">
              <ActionParameter
                key={action.do}
                action={action}
                onChange={(changed) => onChange(actions.with(index, changed))}
              />
            </div>
            <CloseButton
              aria-label={t('rule.removeAction', { number: format.digits(index + 1) })}
              onClick={() => onChange(actions.toSpliced(index, 1))}
            />
          </li>
        ))}
      </ol>
      {actions.length < most && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={15} />}
          onClick={() => onChange([...actions, actionOf('add_tags')])}
        >
          {t('rule.addAction')}
        </Button>
      )}
    </fieldset>
  );
}
