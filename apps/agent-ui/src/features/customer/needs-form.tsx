import { NativeSelect, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { RoutingPlaceView, TicketView } from '#contract';
import { keys } from '../../api/keys.js';
import { useAgents } from '../../api/queries.js';
import { routing, type RoutingWish } from '../../api/routing.js';
import { team } from '../../api/team.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { DialogEnd } from '../../ui/dialog-end.js';
import { Dialog } from '../../ui/dialog.js';
import { useAction } from '../../ui/use-action.js';
import { ticketNumber } from '../../ui/ticket-number.js';

interface Props {
  ticket: TicketView;
  place: RoutingPlaceView;
  onClose: () => void;
}

const levels = [1, 2, 3, 4, 5] as const;

/** Changes whom a waiting ticket needs: the router matches it anew at once. */
export function NeedsForm({ ticket, place, onClose }: Props) {
  const { t, format } = useI18n();
  const queries = useQueryClient();
  const agents = useAgents();
  const [wish, setWish] = useState<Required<RoutingWish>>({
    skillIds: place.skills.map(({ id }) => id),
    skillLevel: place.skillLevel,
    preferredAgentId: place.preferred?.id ?? null,
  });
  const save = useAction(
    () => routing.changePlace(ticket.id, wish),
    () => {
      void queries.invalidateQueries({ queryKey: keys.everyPlace });
      onClose();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <Dialog onClose={onClose} title={t('place.title', { number: ticketNumber(ticket, format) })}>
      <form onSubmit={submit}>
        <Stack>
          <SkillChoice chosen={wish.skillIds} onChange={(skillIds) => setWish({ ...wish, skillIds })} />
          <NativeSelect
            label={t('place.level')}
            value={String(wish.skillLevel)}
            onChange={(event) => setWish({ ...wish, skillLevel: Number(event.currentTarget.value) })}
            data={levels.map((level) => ({ value: String(level), label: format.number(level) }))}
          />
          <NativeSelect
            label={t('place.agent')}
            value={wish.preferredAgentId ?? ''}
            onChange={(event) => setWish({ ...wish, preferredAgentId: event.currentTarget.value || null })}
            data={[
              { value: '', label: t('place.nobody') },
              ...agents.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <DialogEnd submit={t('common.save')} isBusy={save.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}

function SkillChoice({ chosen, onChange }: { chosen: readonly string[]; onChange: (skillIds: string[]) => void }) {
  const { t } = useI18n();
  const skills = useQuery({ queryKey: keys.skills, queryFn: ({ signal }) => team.skills(signal) }).data ?? [];
  const toggle = (id: string, isOn: boolean) =>
    onChange(isOn ? [...chosen, id] : chosen.filter((skill) => skill !== id));
  return (
    <fieldset className="needs-skills">
      <legend>{t('place.skills')}</legend>
      {skills.length === 0 && <p>{t('place.noSkills')}</p>}
      {skills.map(({ id, name }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={(event) => toggle(id, event.currentTarget.checked)}
          />
          <bdi>{name}</bdi>
        </label>
      ))}
    </fieldset>
  );
}
