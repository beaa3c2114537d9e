import { useI18n } from '../../../i18n/use-i18n.js';
import { GroupEditor } from '../../../ui/conditions/group-editor.js';
import { groupKinds, testOf, type Group } from './view-draft.js';
import { ViewTestFields } from './view-test.js';

interface Props {
  group: Group;
  onChange: (group: Group) => void;
}

/** Questions about tickets, of which all or any must hold. */
export function ViewGroup({ group, onChange }: Props) {
  const { t } = useI18n();
  return (
    <GroupEditor
      group={group}
      onChange={onChange}
      questions={{
        kinds: groupKinds,
        deepest: 2,
        begin: () => testOf('state'),
        edit: (props) => <ViewTestFields {...props} />,
        words: {
          group: t('views.group'),
          kind: (kind) => t(`views.group_${kind}`),
          nothing: t('views.nothingAsked'),
          addTest: t('views.addTest'),
          addGroup: t('views.addGroup'),
          removeGroup: t('views.removeGroup'),
        },
      }}
    />
  );
}
