import { Button, CloseButton, NativeSelect } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { groupKinds, isGroup, testOf, type Group, type GroupKind, type Test } from './view-draft.js';
import { ViewTestFields } from './view-test.js';

interface Props {
  group: Group;
  /** It stays, and may hold groups; the others hold questions only. */
  isOutermost?: boolean;
  onChange: (group: Group) => void;
  onRemove?: () => void;
}

/** Questions about tickets, of which all or any must hold. */
export function ViewGroup({ group, isOutermost = false, onChange, onRemove }: Props) {
  const { t } = useI18n();
  const { kind, members } = group;
  const put = (index: number, member: Group | Test) => onChange({ kind, members: members.with(index, member) });
  const drop = (index: number) => onChange({ kind, members: members.toSpliced(index, 1) });
  const add = (member: Group | Test) => onChange({ kind, members: [...members, member] });
  return (
    <fieldset className="view-group" aria-label={`${t('views.group')} ${t(`views.group_${kind}`)}`}>
      <div className="view-group-head">
        <NativeSelect
          label={t('views.group')}
          value={kind}
          onChange={(event) => onChange({ kind: event.currentTarget.value as GroupKind, members })}
          data={groupKinds.map((value) => ({ value, label: t(`views.group_${value}`) }))}
        />
        {onRemove && <CloseButton size="lg" aria-label={t('views.removeGroup')} onClick={onRemove} />}
      </div>
      {members.length > 0 ? (
        <ul>
          {members.map((member, index) => (
            <li key={index}>
              {isGroup(member) ? (
                <ViewGroup group={member} onChange={(changed) => put(index, changed)} onRemove={() => drop(index)} />
              ) : (
                <ViewTestFields
                  test={member}
                  onChange={(changed) => put(index, changed)}
                  onRemove={() => drop(index)}
                />
              )}
            </li>
          ))}
        </ul>
      ) : (
        isOutermost && <p className="view-note">{t('views.nothingAsked')}</p>
      )}
      <div className="view-group-acts">
        <Button variant="default" size="xs" leftSection={<IconPlus size={15} />} onClick={() => add(testOf('state'))}>
          {t('views.addTest')}
        </Button>
        {isOutermost && (
          <Button variant="subtle" size="xs" onClick={() => add({ kind: 'any', members: [testOf('priority')] })}>
            {t('views.addGroup')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
