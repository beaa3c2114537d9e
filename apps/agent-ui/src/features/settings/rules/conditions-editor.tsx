import { Button, CloseButton, NativeSelect } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { groupKinds, isGroup, testOf, type Group, type GroupKind, type Test } from './rule-draft.js';
import { TestEditor } from './test-editor.js';

/** Beyond this the hub takes no groups in groups. */
const deepest = 5;

interface Props {
  group: Group;
  /** 1 for the outermost. */
  depth: number;
  onChange: (group: Group) => void;
  /** Absent for the outermost group, which stays. */
  onRemove?: () => void;
}

/** Conditions in groups, and groups in groups. */
export function ConditionsEditor({ group, depth, onChange, onRemove }: Props) {
  const { t } = useI18n();
  const { kind, members } = group;
  const put = (index: number, member: Group | Test) => onChange({ kind, members: members.with(index, member) });
  const drop = (index: number) => onChange({ kind, members: members.toSpliced(index, 1) });
  return (
    <fieldset className="rule-group" aria-label={t(`rule.group_${kind}`)}>
      <div className="rule-group-head">
        <NativeSelect
          label={t('rule.group')}
          value={kind}
          onChange={(event) => onChange({ kind: event.currentTarget.value as GroupKind, members })}
          data={groupKinds.map((value) => ({ value, label: t(`rule.group_${value}`) }))}
        />
        {onRemove && <CloseButton aria-label={t('rule.removeGroup')} onClick={onRemove} />}
      </div>
      {members.length > 0 && (
        <ul>
          {members.map((member, index) => (
            <li key={index}>
              {isGroup(member) ? (
                <ConditionsEditor
                  group={member}
                  depth={depth + 1}
                  onChange={(changed) => put(index, changed)}
                  onRemove={() => drop(index)}
                />
              ) : (
                <TestEditor test={member} onChange={(changed) => put(index, changed)} onRemove={() => drop(index)} />
              )}
            </li>
          ))}
        </ul>
      )}
      <div className="rule-group-acts">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={15} />}
          onClick={() => onChange({ kind, members: [...members, testOf('message.text')] })}
        >
          {t('rule.addTest')}
        </Button>
        {depth < deepest && (
          <Button
            variant="subtle"
            size="xs"
            onClick={() =>
              onChange({ kind, members: [...members, { kind: 'any', members: [testOf('message.text')] }] })
            }
          >
            {t('rule.addGroup')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
