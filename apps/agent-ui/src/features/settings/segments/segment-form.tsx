import { Button, Group as Row, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { SegmentConditionView, SegmentView } from '#contract';
import { segments } from '../../../api/segments.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { fromGroup, toGroup } from '../../../ui/conditions/condition-group.js';
import { notify } from '../../../ui/notify.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { useAction } from '../../../ui/use-action.js';
import { SaveProblem } from '../save-problem.js';
import { SegmentConditions } from './segment-conditions.js';
import type { Test } from './segment-draft.js';
import { SegmentMembers } from './segment-members.js';

interface Props {
  segment: SegmentView | null;
  onDone: () => void;
  onLookAgain: () => void;
}

/** A segment: what it is called, what is asked of customers, and who fulfils it. */
export function SegmentForm({ segment, onDone, onLookAgain }: Props) {
  const { t } = useI18n();
  const [name, setName] = useState(segment?.name ?? '');
  const [group, setGroup] = useState(() => toGroup<Test>(segment?.condition ?? { all: [] }));
  const condition = fromGroup(group);
  const save = useMutation({
    mutationFn: () =>
      segment
        ? segments.change(segment.id, { version: segment.version, name, condition })
        : segments.add({ name, condition }),
    onSuccess: () => {
      notify(t('common.saved'));
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <div className="settings-head">
        <h2>{segment ? <bdi>{segment.name}</bdi> : t('segment.add')}</h2>
      </div>
      <Stack maw={760}>
        {segment?.missing !== undefined && segment.missing?.length !== 0 && (
          <p className="settings-problem">
            {t('segment.missing', { names: segment.missing?.join(' · ') ?? t('segment.unreadable') })}
          </p>
        )}
        <TextInput
          label={t('segment.name')}
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <SegmentConditions group={group} onChange={setGroup} />
        <Look condition={condition} segment={segment} />
        {save.isError && <SaveProblem error={save.error} onLookAgain={onLookAgain} />}
        <Row>
          <Button type="submit" loading={save.isPending}>
            {t('common.save')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          {segment && <Remove segment={segment} onDone={onDone} />}
        </Row>
      </Stack>
    </form>
  );
}

/** How many fulfil what is written now, and some of them with why. */
function Look({ condition, segment }: { condition: SegmentConditionView; segment: SegmentView | null }) {
  const { t, format } = useI18n();
  const problemText = useProblemText();
  const isKept = segment !== null && JSON.stringify(segment.condition) === JSON.stringify(condition);
  const look = useMutation({
    mutationFn: async () => ({
      counted: await (isKept && segment ? segments.count(segment.id) : segments.countOf(condition)),
      preview: await segments.preview(condition),
    }),
  });
  const count = look.data?.counted.count;
  return (
    <section className="segment-look" aria-label={t('segment.look')}>
      <Button variant="default" loading={look.isPending} onClick={() => look.mutate()}>
        {t('segment.look')}
      </Button>
      <div aria-live="polite">
        {look.isError && <p className="settings-problem">{problemText(look.error)}</p>}
        {look.data && (
          <p>
            {count === null || count === undefined
              ? t('segment.tooMany')
              : t('segment.count', { count, amount: format.number(count) })}
          </p>
        )}
      </div>
      {look.data && <SegmentMembers preview={look.data.preview} />}
    </section>
  );
}

function Remove({ segment, onDone }: { segment: SegmentView; onDone: () => void }) {
  const { t } = useI18n();
  const remove = useAction(() => segments.remove(segment.id), onDone);
  const removeIfSure = () => {
    if (window.confirm(t('segment.removeSure', { name: segment.name }))) {
      remove.mutate(undefined);
    }
  };
  return (
    <Button variant="light" color="red" loading={remove.isPending} onClick={removeIfSure}>
      {t('segment.remove')}
    </Button>
  );
}
