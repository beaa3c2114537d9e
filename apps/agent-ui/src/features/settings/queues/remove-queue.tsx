import { Button, Group, NativeSelect, Skeleton, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { QueueContentsView, QueueSettingsView, QueueView } from '#contract';
import { keys } from '../../../api/keys.js';
import { useQueues } from '../../../api/queries.js';
import { team } from '../../../api/team.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Dialog } from '../../../ui/dialog.js';
import { useProblemText } from '../../../ui/problem-text.js';

interface Props {
  queue: QueueSettingsView;
  onRemoved: () => void;
  onClose: () => void;
}

/** Shows what is in a queue, and asks where it goes, before the queue goes. */
export function RemoveQueue({ queue, onRemoved, onClose }: Props) {
  const { t } = useI18n();
  const contents = useQuery({
    queryKey: keys.queueContents(queue.id),
    queryFn: ({ signal }) => team.queueContents(queue.id, signal),
    // What was in it a while ago is no base for taking it away.
    gcTime: 0,
  });
  return (
    <Dialog title={t('queues.removeTitle', { name: queue.name })} onClose={onClose}>
      {contents.data ? (
        <Confirm queue={queue} contents={contents.data} onRemoved={onRemoved} onClose={onClose} />
      ) : (
        <Skeleton height={120} />
      )}
    </Dialog>
  );
}

/** What stands in the way or should be known, and the button. */
function Confirm({ queue, contents, onRemoved, onClose }: Props & { contents: QueueContentsView }) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const others = useQueues().filter(({ id }) => id !== queue.id);
  const [moveTo, setMoveTo] = useState(others[0]?.id ?? '');
  const remove = useMutation({
    mutationFn: (to: string | null) => team.removeQueue(queue.id, to),
    onSuccess: onRemoved,
  });
  const isUsed = hasSomething(contents);
  const isStuck = contents.policies.length > 0 || (isUsed && others.length === 0);
  return (
    <Stack gap="sm">
      {isUsed ? <Inside contents={contents} /> : <p className="settings-hint">{t('queues.removeUnused')}</p>}
      {contents.policies.length > 0 && (
        <p className="settings-problem" role="alert">
          {t('queues.removePromises', { names: contents.policies.map(({ name }) => name).join(', ') })}
        </p>
      )}
      {isUsed && <Target queue={queue} others={others} moveTo={moveTo} onChoose={setMoveTo} />}
      {remove.isError && (
        <p className="settings-problem" role="alert">
          {problemText(remove.error)}
        </p>
      )}
      <Group>
        <Button
          color="red"
          disabled={isStuck}
          loading={remove.isPending}
          onClick={() => remove.mutate(isUsed ? moveTo : null)}
        >
          {t(isUsed ? 'queues.moveAndRemove' : 'queues.remove')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}

function hasSomething({ tickets, channels, queues }: QueueContentsView): boolean {
  return Object.values(tickets).some((count) => count > 0) || channels.length + queues.length > 0;
}

interface TargetProps {
  queue: QueueSettingsView;
  others: readonly QueueView[];
  moveTo: string;
  onChoose: (id: string) => void;
}

/** Where everything goes; a confidential queue should not be opened up by accident. */
function Target({ queue, others, moveTo, onChoose }: TargetProps) {
  const { t } = useI18n();
  if (others.length === 0) {
    return <p className="settings-problem">{t('queues.removeLast')}</p>;
  }
  const opensUp = queue.restricted && others.find(({ id }) => id === moveTo)?.restricted === false;
  return (
    <>
      <NativeSelect
        label={t('queues.moveTo')}
        description={t('queues.moveToHint')}
        value={moveTo}
        onChange={(event) => onChoose(event.currentTarget.value)}
        data={others.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {opensUp && <p className="queue-warning">{t('queues.removeOpensUp')}</p>}
    </>
  );
}

function Inside({ contents: { tickets, channels, queues } }: { contents: QueueContentsView }) {
  const { t, format } = useI18n();
  const counts = (['waiting', 'held', 'solved', 'closed'] as const).filter((state) => tickets[state] > 0);
  return (
    <>
      <p>{t('queues.inside')}</p>
      <ul className="queue-inside">
        {counts.map((state) => (
          <li key={state}>{t(`queues.inside_${state}`, { amount: format.number(tickets[state]) })}</li>
        ))}
        {channels.map(({ id, name }) => (
          <li key={id}>{t('queues.insideChannel', { name })}</li>
        ))}
        {queues.map(({ id, name }) => (
          <li key={id}>{t('queues.insideStep', { name })}</li>
        ))}
      </ul>
    </>
  );
}
