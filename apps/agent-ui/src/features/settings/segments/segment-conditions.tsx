import { Button, CloseButton, NativeSelect } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { groupKinds, isGroup, testOf, type Group, type GroupKind, type Test } from './segment-draft.js';
import { SegmentTest } from './segment-test.js';

/** Beyond this the hub takes no groups in groups. */
const deepest = 4;

interface Props {
  group: Group;
  /** 1 for the outermost. */
  depth: number;
  onChange: (group: Group) => void;
  /** Absent for the outermost group, which stays. */
  onRemove?: () => void;
}

/** Questions about customers in groups, and groups in groups. */
export function SegmentConditions({ group, depth, onChange, onRemove }: Props) {
  const { t } = useI18n();
  const { kind, members } = group;
  const put = (index: number, member: Group | Test) => onChange({ kind, members: members.with(index, member) });
  const drop = (index: number) => onChange({ kind, members: members.toSpliced(index, 1) });
  const add = (member: Group | Test) => onChange({ kind, members: [...members, member] });
  return (
    <fieldset className="segment-group" aria-label={t(`segment.group_${kind}`)}>
      <div className="segment-group-head">
        <NativeSelect
          label={t('segment.group')}
          value={kind}
          onChange={(event) => onChange({ kind: event.currentTarget.value as GroupKind, members })}
          data={groupKinds.map((value) => ({ value, label: t(`segment.group_${value}`) }))}
        />
        {onRemove && <CloseButton aria-label={t('segment.removeGroup')} onClick={onRemove} />}
      </div>
      {members.length > 0 && (
        <ul>
          {members.map((member, index) => (
            <li key={index}>
              {isGroup(member) ? (
                <SegmentConditions
                  group={member}
                  depth={depth + 1}
                  onChange={(changed) => put(index, changed)}
                  onRemove={() => drop(index)}
                />
              ) : (
                <SegmentTest test={member} onChange={(changed) => put(index, changed)} onRemove={() => drop(index)} />
              )}
            </li>
          ))}
        </ul>
      )}
      <div className="segment-group-acts">
        <Button variant="default" size="xs" leftSection={<IconPlus size={15} />} onClick={() => add(testOf('tickets'))}>
          {t('segment.addTest')}
        </Button>
        {depth < deepest && (
          <Button variant="subtle" size="xs" onClick={() => add({ kind: 'any', members: [testOf('tickets')] })}>
            {t('segment.addGroup')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
