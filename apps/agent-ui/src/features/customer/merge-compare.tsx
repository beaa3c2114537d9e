import { Button, Group, Skeleton, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { MergePreview } from '#contract';
import { keys } from '../../api/keys.js';
import { people, type Side } from '../../api/people.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { DialogEnd } from '../../ui/dialog-end.js';
import { IconSwap } from '../../ui/icons.js';
import { Failed } from '../../ui/states.js';
import { useCustomerName } from '../../ui/use-customer-name.js';
import { listChoices } from './merge-choices.js';
import { ConflictField } from './merge-conflict.js';
import { MergeSideCard } from './merge-side.js';
import { Reasons } from './suggestions.js';
import { useMerge } from './use-merge.js';

interface Props {
  one: string;
  other: string;
  onBack: () => void;
  onClose: () => void;
}

/** Two customers side by side. The one who was opened is merged into the other, unless the reader swaps them. */
export function MergeCompare({ one, other, onBack, onClose }: Props) {
  const { t } = useI18n();
  const [isSwapped, setSwapped] = useState(false);
  const [from, into] = isSwapped ? [other, one] : [one, other];
  const preview = useQuery({
    queryKey: keys.mergePreview(from, into),
    queryFn: ({ signal }) => people.previewMerge(from, into, signal),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  if (preview.isError) {
    return <Failed what={t('people.previewFailed')} error={preview.error} retry={() => void preview.refetch()} />;
  }
  if (!preview.data) {
    return <Skeleton height={260} />;
  }
  return (
    <Compared
      key={from}
      preview={preview.data}
      onSwap={() => setSwapped(!isSwapped)}
      onBack={onBack}
      onClose={onClose}
    />
  );
}

interface ComparedProps extends Pick<Props, 'onBack' | 'onClose'> {
  preview: MergePreview;
  onSwap: () => void;
}

function Compared({ preview, onSwap, onBack, onClose }: ComparedProps) {
  const { t } = useI18n();
  const nameOf = useCustomerName();
  const [chosen, setChosen] = useState<Record<string, Side>>({});
  const [reason, setReason] = useState('');
  const merge = useMerge(onClose);
  const form = useRef<HTMLFormElement>(null);
  // What was pressed to come here is gone.
  useEffect(() => form.current?.focus({ preventScroll: true }), []);
  const [from, into] = [nameOf(preview.from.customer), nameOf(preview.into.customer)];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    merge.mutate({ preview, choices: listChoices(preview.conflicts, chosen), reason: reason.trim() });
  };
  return (
    <form ref={form} onSubmit={submit} tabIndex={-1} className="merge-compare" aria-label={t('people.compare')}>
      <Stack>
        <div className="merge-sides">
          <MergeSideCard side={preview.from} role={t('people.from')} />
          <MergeSideCard side={preview.into} role={t('people.into')} />
        </div>
        <Group justify="space-between">
          <Button size="compact-sm" variant="subtle" color="gray" onClick={onBack}>
            {t('people.choosePerson')}
          </Button>
          <Button size="compact-sm" variant="default" leftSection={<IconSwap size={16} />} onClick={onSwap}>
            {t('people.swap')}
          </Button>
        </Group>
        {preview.reasons.length > 0 && <Reasons reasons={preview.reasons} />}
        <p className="merge-intro">{t('people.moves', { from, into })}</p>
        <Conflicts preview={preview} chosen={chosen} onChoose={setChosen} />
        <TextInput
          label={t('people.reasonLabel')}
          description={t('people.reasonHint')}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <DialogEnd submit={t('customer.mergeInto', { name: into })} isBusy={merge.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}

interface ConflictsProps {
  preview: MergePreview;
  chosen: Record<string, Side>;
  onChoose: (chosen: Record<string, Side>) => void;
}

function Conflicts({ preview: { conflicts }, chosen, onChoose }: ConflictsProps) {
  const { t } = useI18n();
  if (conflicts.length === 0) {
    return null;
  }
  return (
    <div className="merge-conflicts">
      <h3>{t('people.differ')}</h3>
      {conflicts.map((conflict) => (
        <ConflictField
          key={conflict.field}
          conflict={conflict}
          side={chosen[conflict.field] ?? conflict.chosen}
          onChoose={(side) => onChoose({ ...chosen, [conflict.field]: side })}
        />
      ))}
    </div>
  );
}
