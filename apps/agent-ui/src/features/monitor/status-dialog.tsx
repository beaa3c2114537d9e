import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { BoardAgent } from '#contract';
import { intervention, type ForcedStatus } from '../../api/intervention.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { DialogEnd } from '../../ui/dialog-end.js';
import { Dialog } from '../../ui/dialog.js';
import { useAction } from '../../ui/use-action.js';

const longestReason = 200;

interface Props {
  agent: BoardAgent;
  onClose: () => void;
}

/** Sets the status of an agent, who reads by whom and why. */
export function StatusDialog({ agent, onClose }: Props) {
  const { t } = useI18n();
  // Nothing can be given to whoever has no console open.
  const offered: ForcedStatus[] = agent.status === 'offline' ? ['away', 'busy'] : ['away', 'busy', 'online'];
  const [status, setStatus] = useState<ForcedStatus>('away');
  const [reason, setReason] = useState('');
  const setting = useAction(() => intervention.setStatus(agent.id, { status, reason }), onClose);
  return (
    <Dialog title={t('monitor.statusOf', { name: agent.name })} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setting.mutate(undefined);
        }}
      >
        <Stack>
          <NativeSelect
            data-autofocus
            label={t('monitor.state')}
            value={status}
            onChange={({ currentTarget }) => setStatus(currentTarget.value as ForcedStatus)}
            data={offered.map((value) => ({ value, label: t(`status.${value}`) }))}
          />
          <TextInput
            label={t('monitor.takeOverWhy')}
            description={t('monitor.statusHint')}
            value={reason}
            maxLength={longestReason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <DialogEnd submit={t('monitor.putStatus')} isBusy={setting.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
