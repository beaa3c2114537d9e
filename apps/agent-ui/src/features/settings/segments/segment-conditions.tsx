import { useI18n } from '../../../i18n/use-i18n.js';
import { groupKinds, type Group } from '../../../ui/conditions/condition-group.js';
import { GroupEditor } from '../../../ui/conditions/group-editor.js';
import { testOf, type Test } from './segment-draft.js';
import { SegmentTest } from './segment-test.js';

interface Props {
  group: Group<Test>;
  onChange: (group: Group<Test>) => void;
}

/** Who is in a segment. */
export function SegmentConditions({ group, onChange }: Props) {
  const { t } = useI18n();
  return (
    <GroupEditor
      group={group}
      onChange={onChange}
      questions={{
        kinds: groupKinds,
        deepest: 4,
        begin: () => testOf('tickets'),
        edit: (props) => <SegmentTest {...props} />,
        words: {
          group: t('segment.group'),
          kind: (kind) => t(`segment.group_${kind}`),
          addTest: t('segment.addTest'),
          addGroup: t('segment.addGroup'),
          removeGroup: t('segment.removeGroup'),
        },
      }}
    />
  );
}
