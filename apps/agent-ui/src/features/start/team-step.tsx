import { Button, CloseButton, NativeSelect, Skeleton, Stack, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { AgentSettingsView, QueueView, Role } from '#contract';
import { accounts, wholeLink } from '../../api/accounts.js';
import { hub as calls } from '../../api/hub.js';
import { keys } from '../../api/keys.js';
import { useMe } from '../../api/queries.js';
import { start, type ColleagueDraft } from '../../api/start.js';
import { team } from '../../api/team.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconPlus } from '../../ui/icons.js';
import { Ltr } from '../../ui/ltr.js';
import { notify } from '../../ui/notify.js';
import { PersonAvatar } from '../../ui/person-avatar.js';
import { useProblemText } from '../../ui/problem-text.js';
import type { StepWays } from './start-page.js';
import { StepFrame } from './step-frame.js';
import { useKept } from './use-kept.js';

interface Line {
  name: string;
  email: string;
  role: Role;
  /** Queues that they do not serve: new ones are everybody's until somebody says otherwise. */
  without: string[];
}

interface Made {
  name: string;
  email: string;
  link: string;
}

interface Props extends StepWays {
  roleText: (role: Role) => string;
}

const roles: readonly Role[] = ['agent', 'supervisor', 'admin'];
const emptyLine: Line = { name: '', email: '', role: 'agent', without: [] };

/** Accounts for colleagues, several at once, each with a link to hand over. */
export function TeamStep(props: Props) {
  const { id } = useMe();
  const agents = useQuery({ queryKey: keys.agentSettings, queryFn: ({ signal }) => team.agents(signal) });
  const queues = useQuery({ queryKey: keys.queues, queryFn: calls.queues });
  const [made, setMade] = useState<Made[]>([]);
  if (!agents.data || !queues.data) {
    return <Skeleton height={320} />;
  }
  const others = agents.data.filter((agent) => agent.id !== id && !agent.disabled);
  return (
    <StepFrame
      step="team"
      isDone={others.length > 0}
      onBack={props.onBack}
      onSkip={props.onSkip}
      next={others.length > 0 ? { run: props.onNext } : null}
    >
      <Stack>
        {made.length > 0 && <MadeList made={made} />}
        {others.length > 0 && <Here agents={others} roleText={props.roleText} />}
        <Lines
          {...props}
          queues={queues.data}
          locale={props.hub.company?.locale}
          onMade={(one) => setMade((all) => [...all, one])}
        />
      </Stack>
    </StepFrame>
  );
}

function Here({ agents, roleText }: { agents: AgentSettingsView[]; roleText: Props['roleText'] }) {
  const { t } = useI18n();
  return (
    <section aria-label={t('start.team.here')}>
      <h3>{t('start.team.here')}</h3>
      <ul className="start-people">
        {agents.map(({ id, name, email, role }) => (
          <li key={id}>
            <PersonAvatar name={name} size={28} />
            <bdi>{name}</bdi>
            <small>
              <Ltr>{email}</Ltr> · {roleText(role)}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is shown once: the hub keeps no link that could be read. */
function MadeList({ made }: { made: Made[] }) {
  const { t } = useI18n();
  const copy = async () => {
    const lines = made.map((one) => t('start.team.handOver', { ...one }));
    await navigator.clipboard.writeText(lines.join('\n').replaceAll(/[\u2068\u2069]/g, ''));
    notify(t('common.copied'));
  };
  return (
    <section className="start-made" aria-label={t('start.team.made')}>
      <p>{t('start.team.made')}</p>
      <ul>
        {made.map(({ name, email, link }) => (
          <li key={email}>
            <bdi>{name}</bdi>
            <Ltr>{email}</Ltr>
            <code dir="ltr" title={t('start.team.link')}>
              {link}
            </code>
          </li>
        ))}
      </ul>
      {'clipboard' in navigator && (
        <Button variant="default" size="xs" onClick={() => void copy()}>
          {t('start.team.copyAll')}
        </Button>
      )}
      <p className="start-hint">{t('start.team.lost')}</p>
    </section>
  );
}

interface LinesProps extends Props {
  queues: QueueView[];
  locale: 'en' | 'fa' | undefined;
  onMade: (made: Made) => void;
}

function Lines({ queues, locale, roleText, onMade }: LinesProps) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const queries = useQueryClient();
  const [lines, setLines, forget] = useKept<Line[]>('team', () => [emptyLine]);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [isBusy, setBusy] = useState(false);
  const wanted = lines.filter(({ name, email }) => name.trim() !== '' || email.trim() !== '');
  /** Those whose account could not be made stay as they were typed, each with the reason. */
  const makeAll = async () => {
    const left: Line[] = [];
    const told: Record<string, string> = {};
    for (const line of wanted) {
      const one = { name: line.name.trim(), email: line.email.trim() };
      try {
        // One after the other: each must be told apart from those that failed.
        const { id } = await start.addColleague(accountOf(one, line, { queues, locale: locale ?? 'en' }));
        onMade({ ...one, link: wholeLink(await accounts.invite(id)) });
      } catch (error) {
        left.push(line);
        told[line.email] = problemText(error);
      }
    }
    setProblems(told);
    setLines(left.length > 0 ? left : [emptyLine]);
    if (left.length === 0) {
      forget();
    }
    for (const queryKey of [keys.start, keys.agentSettings, keys.agents, keys.queues]) {
      await queries.invalidateQueries({ queryKey });
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    void makeAll().finally(() => setBusy(false));
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {lines.map((line, index) => (
          <PersonLine
            key={index}
            number={index + 1}
            line={line}
            queues={queues}
            roleText={roleText}
            problem={problems[line.email]}
            isNeeded={wanted.length === 0 || wanted.includes(line)}
            onChange={(changed) => setLines(lines.with(index, changed))}
            onRemove={lines.length > 1 ? () => setLines(lines.toSpliced(index, 1)) : null}
          />
        ))}
        <div className="start-line">
          <Button variant="subtle" leftSection={<IconPlus size={16} />} onClick={() => setLines([...lines, emptyLine])}>
            {t('start.team.add')}
          </Button>
          <Button type="submit" variant="light" loading={isBusy}>
            {t('start.team.make', { count: Math.max(1, wanted.length) })}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

interface PersonProps {
  number: number;
  line: Line;
  queues: QueueView[];
  roleText: Props['roleText'];
  problem: string | undefined;
  isNeeded: boolean;
  onChange: (line: Line) => void;
  onRemove: (() => void) | null;
}

function PersonLine({ number, line, queues, roleText, problem, isNeeded, onChange, onRemove }: PersonProps) {
  const { t } = useI18n();
  const change = (part: Partial<Line>) => onChange({ ...line, ...part });
  return (
    <fieldset className="start-part start-person">
      <legend>{t('start.team.person', { number })}</legend>
      {onRemove && (
        <CloseButton className="start-remove" aria-label={t('start.team.remove', { number })} onClick={onRemove} />
      )}
      <div className="start-triple">
        <TextInput
          label={t('start.team.name')}
          required={isNeeded}
          withAsterisk={false}
          maxLength={200}
          value={line.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('start.team.email')}
          type="email"
          dir="ltr"
          required={isNeeded}
          withAsterisk={false}
          maxLength={320}
          error={problem}
          value={line.email}
          onChange={(event) => change({ email: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('start.team.role')}
          data={roles.map((value) => ({ value, label: roleText(value) }))}
          value={line.role}
          onChange={(event) => change({ role: event.currentTarget.value as Role })}
        />
      </div>
      {queues.length > 1 && (
        <fieldset className="start-days">
          <legend>{t('start.team.queues')}</legend>
          {queues.map(({ id, name }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={!line.without.includes(id)}
                onChange={({ currentTarget: { checked } }) =>
                  change({ without: checked ? line.without.filter((one) => one !== id) : [...line.without, id] })
                }
              />
              <bdi>{name}</bdi>
            </label>
          ))}
        </fieldset>
      )}
    </fieldset>
  );
}

function accountOf(
  { name, email }: Omit<Made, 'link'>,
  { role, without }: Line,
  { queues, locale }: { queues: QueueView[]; locale: 'en' | 'fa' },
): ColleagueDraft {
  return {
    name,
    email,
    role,
    locale,
    queues: queues.filter(({ id }) => !without.includes(id)).map(({ id }) => ({ queueId: id, level: 1 })),
  };
}
