import { Button, CloseButton, Group, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { SkillView } from '#contract';
import { keys } from '../../../api/keys.js';
import { team } from '../../../api/team.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { useAction } from '../../../ui/use-action.js';

/** What work can ask for. A name is changed where it stands. */
export function SkillsList() {
  const { t } = useI18n();
  const queries = useQueryClient();
  const skills = useQuery({ queryKey: keys.skills, queryFn: ({ signal }) => team.skills(signal) }).data ?? [];
  const [name, setName] = useState('');
  const changed = () => {
    void queries.invalidateQueries({ queryKey: keys.skills });
    void queries.invalidateQueries({ queryKey: keys.agentSettings });
  };
  const add = useAction(team.addSkill, () => {
    setName('');
    changed();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') {
      add.mutate(name.trim());
    }
  };
  return (
    <section className="team-part" aria-labelledby="team-skills">
      <h3 id="team-skills">{t('team.skills')}</h3>
      <p className="settings-hint">{t('team.skillsIntro')}</p>
      <ul className="team-skills">
        {skills.map((skill) => (
          <Skill key={skill.id} skill={skill} onChanged={changed} />
        ))}
      </ul>
      <form onSubmit={submit}>
        <Group align="end" gap="xs">
          <TextInput
            label={t('team.newSkill')}
            placeholder={t('team.skillExample')}
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button
            type="submit"
            variant="default"
            leftSection={<IconPlus size={16} />}
            disabled={name.trim() === ''}
            loading={add.isPending}
          >
            {t('common.add')}
          </Button>
        </Group>
      </form>
    </section>
  );
}

function Skill({ skill, onChanged }: { skill: SkillView; onChanged: () => void }) {
  const { t, format } = useI18n();
  const [name, setName] = useState<string | null>(null);
  const rename = useAction((wish: string) => team.renameSkill(skill.id, wish), onChanged);
  const remove = useAction(() => team.removeSkill(skill.id), onChanged);
  const leave = () => {
    const wish = name?.trim() ?? '';
    if (wish !== '' && wish !== skill.name) {
      rename.mutate(wish);
    }
    setName(null);
  };
  const counts = { agents: format.number(skill.agents), queues: format.number(skill.queues) };
  const removeIfSure = () => {
    const isFree = skill.agents + skill.queues === 0;
    if (isFree || window.confirm(t('team.removeSkillSure', { name: skill.name, ...counts }))) {
      remove.mutate(undefined);
    }
  };
  return (
    <li>
      <TextInput
        aria-label={t('team.skillName', { name: skill.name })}
        maxLength={100}
        value={name ?? skill.name}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={leave}
      />
      <span className="settings-hint">{t('team.skillUses', counts)}</span>
      <CloseButton aria-label={t('team.removeSkill', { name: skill.name })} onClick={removeIfSure} />
    </li>
  );
}
