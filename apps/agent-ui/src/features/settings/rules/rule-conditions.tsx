import { useI18n } from '../../../i18n/use-i18n.js';
import { groupKinds, type Group } from '../../../ui/conditions/condition-group.js';
import { GroupEditor } from '../../../ui/conditions/group-editor.js';
import { testOf, type Test } from './rule-draft.js';
import { TestEditor } from './test-editor.js';

interface Props {
  group: Group<Test>;
  onChange: (group: Group<Test>) => void;
}

/** What must be so for a rule to act. */
export function RuleConditions({ group, onChange }: Props) {
  const { t } = useI18n();
  return (
    <GroupEditor
      group={group}
      onChange={onChange}
      questions={{
        kinds: groupKinds,
        deepest: 5,
        begin: () => testOf('message.text'),
        edit: (props) => <TestEditor {...props} />,
        words: {
          group: t('rule.group'),
          kind: (kind) => t(`rule.group_${kind}`),
          addTest: t('rule.addTest'),
          addGroup: t('rule.addGroup'),
          removeGroup: t('rule.removeGroup'),
        },
      }}
    />
  );
}
