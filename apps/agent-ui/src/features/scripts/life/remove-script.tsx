import { Button, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ScriptView } from '#contract';
import { scriptKeys, scripts } from '../../../api/scripts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Dialog } from '../../../ui/dialog.js';
import { useAction } from '../../../ui/use-action.js';

interface Props {
  script: ScriptView;
  /** What is not saved goes as well. */
  onLeave: () => void;
}

/** A script that answers nowhere may go. Talks that are running end with it. */
export function RemoveScript({ script: { id, name }, onLeave }: Props) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const remove = useAction(
    () => scripts.remove(id),
    () => {
      onLeave();
      void queries.invalidateQueries({ queryKey: scriptKeys.list });
      // After what guards the page has heard that nothing is lost.
      setTimeout(() => void navigate({ to: '/settings/$section', params: { section: 'scripts' } }));
    },
  );
  return (
    <p>
      <Button variant="light" color="red" size="xs" onClick={() => setAsking(true)}>
        {t('use.removeScript')}
      </Button>
      {isAsking && (
        <Dialog title={t('use.removeScript')} onClose={() => setAsking(false)}>
          <p>{t('use.removeScriptSure', { name })}</p>
          <Group>
            <Button color="red" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
              {t('use.removeScript')}
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('common.cancel')}
            </Button>
          </Group>
        </Dialog>
      )}
    </p>
  );
}
