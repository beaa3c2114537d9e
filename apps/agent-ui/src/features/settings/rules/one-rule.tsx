import { Button, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RuleView } from '#contract';
import { keys } from '../../../api/keys.js';
import { rules } from '../../../api/rules.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Dialog } from '../../../ui/dialog.js';
import { notify } from '../../../ui/notify.js';
import { useAction } from '../../../ui/use-action.js';
import { RuleForm } from './rule-form.js';
import { RuleLog } from './rule-log.js';

/** A rule with its log. */
export function OneRule({ rule, onDone }: { rule: RuleView | null; onDone: () => void }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const [isRemoving, setRemoving] = useState(false);
  const refresh = () => void queries.invalidateQueries({ queryKey: keys.rules });
  const saved = () => {
    refresh();
    notify(t('common.saved'));
    onDone();
  };
  return (
    <>
      <div className="settings-head">
        <h2>{rule ? <bdi>{rule.name}</bdi> : t('rule.add')}</h2>
        {rule && (
          <Button variant="light" color="red" onClick={() => setRemoving(true)}>
            {t('rule.remove')}
          </Button>
        )}
      </div>
      <RuleForm rule={rule} onSaved={saved} onCancel={onDone} onLookAgain={refresh} />
      {rule && <RuleLog id={rule.id} />}
      {rule && isRemoving && (
        <RemoveRule
          rule={rule}
          onRemoved={() => {
            refresh();
            notify(t('rule.removed'));
            onDone();
          }}
          onClose={() => setRemoving(false)}
        />
      )}
    </>
  );
}

interface RemoveProps {
  rule: RuleView;
  onRemoved: () => void;
  onClose: () => void;
}

function RemoveRule({ rule: { id, name }, onRemoved, onClose }: RemoveProps) {
  const { t } = useI18n();
  const remove = useAction(() => rules.remove(id), onRemoved);
  return (
    <Dialog title={t('rule.remove')} onClose={onClose}>
      <p>{t('rule.removeSure', { name })}</p>
      <Group>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
          {t('rule.remove')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </Group>
    </Dialog>
  );
}
