import { Button, Group, NativeSelect, Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { ChannelKind, ScriptDeploymentView, ScriptHoursView } from '#contract';
import { channelsQuery } from '../../../api/queries.js';
import { scriptKeys, scripts } from '../../../api/scripts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';
import { Empty } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';
import { listOf, type ScriptChannelName } from '../document/script-words.js';
import { RemoveScript } from './remove-script.js';
import type { TabProps } from '../script-desk.js';
import { IconTrash } from '../script-icons.js';

const hoursKinds = ['always', 'open', 'closed'] as const satisfies ScriptHoursView[];

/** Where the script answers: the first whose hours fit takes a talk. */
export function UseTab({ script, draft, mayEdit }: TabProps) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const all = useQuery({ queryKey: scriptKeys.deployments, queryFn: ({ signal }) => scripts.deployments(signal) });
  const mine = all.data?.filter(({ scriptId }) => scriptId === script.id) ?? [];
  const refresh = () => {
    void queries.invalidateQueries({ queryKey: scriptKeys.deployments });
    void queries.invalidateQueries({ queryKey: scriptKeys.list });
    void queries.invalidateQueries({ queryKey: scriptKeys.one(script.id) });
    notify(t('common.saved'));
  };
  return (
    <>
      <div className="settings-head">
        <h2>{t('use.title')}</h2>
      </div>
      <p className="settings-hint">{t('use.intro')}</p>
      {script.live === null && <p className="script-gate">{t('use.notLive')}</p>}
      {all.data && mine.length === 0 && <Empty>{t('use.none')}</Empty>}
      <ul className="channels">
        {mine.map((deployment) => (
          <Deployment
            key={deployment.id}
            deployment={deployment}
            others={(all.data ?? []).filter(
              (other) => other.channelId === deployment.channelId && other.scriptId !== script.id && other.enabled,
            )}
            mayEdit={mayEdit}
            onDone={refresh}
          />
        ))}
      </ul>
      {mayEdit && <Deploy scriptId={script.id} runsOn={listOf(draft.read.script?.root['channels'])} onDone={refresh} />}
      {mayEdit && mine.length === 0 && <RemoveScript script={script} onLeave={draft.forget} />}
    </>
  );
}

interface DeploymentProps {
  deployment: ScriptDeploymentView;
  /** Other scripts on the same channel. */
  others: readonly ScriptDeploymentView[];
  mayEdit: boolean;
  onDone: () => void;
}

function Deployment({
  deployment: { id, channelName, channelKind, hours, enabled },
  others,
  mayEdit,
  onDone,
}: DeploymentProps) {
  const { t } = useI18n();
  const change = useAction(
    (wish: { hours?: ScriptHoursView; enabled?: boolean }) => scripts.changeDeployment(id, wish),
    onDone,
  );
  const remove = useAction(() => scripts.undeploy(id), onDone);
  return (
    <li className="script-version">
      <span className="channels-name">
        <bdi>{channelName}</bdi>
        <small>{t(`channel.${channelKind}` as 'channel.web')}</small>
        {others.length > 0 && (
          <small>
            {t('use.beside', { scripts: others.map(({ scriptName }) => scriptName).join(t('script.join')) })}
          </small>
        )}
      </span>
      <NativeSelect
        size="xs"
        aria-label={t('use.hoursOn', { channel: channelName })}
        disabled={!mayEdit}
        value={hours}
        onChange={(event) => change.mutate({ hours: event.currentTarget.value as ScriptHoursView })}
        data={hoursKinds.map((value) => ({ value, label: t(`script.hours_${value}`) }))}
      />
      <Switch
        aria-label={t('use.on', { channel: channelName })}
        disabled={!mayEdit || change.isPending}
        checked={enabled}
        onChange={(event) => change.mutate({ enabled: event.currentTarget.checked })}
      />
      {mayEdit && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          aria-label={t('use.remove', { channel: channelName })}
          onClick={() => remove.mutate(undefined)}
        >
          <IconTrash size={16} />
        </Button>
      )}
    </li>
  );
}

interface DeployProps {
  scriptId: string;
  /** Where the script may run, by its own words. */
  runsOn: readonly unknown[];
  onDone: () => void;
}

/** The channel of a script that a channel of the organisation is. */
const scriptChannelOf: Record<ChannelKind, ScriptChannelName> = {
  web: 'web',
  messages: 'web',
  telegram: 'telegram',
  sms: 'sms',
  email: 'email',
  phone: 'voice',
};

function Deploy({ scriptId, runsOn, onDone }: DeployProps) {
  const { t } = useI18n();
  const all = useQuery(channelsQuery).data ?? [];
  const channels = all.filter(({ kind }) => runsOn.includes(scriptChannelOf[kind]));
  const [channelId, setChannel] = useState('');
  const [hours, setHours] = useState<ScriptHoursView>('always');
  const deploy = useAction(
    () => scripts.deploy(scriptId, { channelId, hours, calendarId: null, priority: 0, enabled: true }),
    () => {
      setChannel('');
      onDone();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    deploy.mutate(undefined);
  };
  return (
    <form onSubmit={submit} className="script-deploy">
      <Group gap="xs" align="end">
        <NativeSelect
          label={t('use.channel')}
          value={channelId}
          onChange={(event) => setChannel(event.currentTarget.value)}
          data={[
            { value: '', label: '—' },
            ...channels.map(({ id, name, kind }) => ({ value: id, label: `${name} (${t(`channel.${kind}`)})` })),
          ]}
        />
        <NativeSelect
          label={t('use.hours')}
          value={hours}
          onChange={(event) => setHours(event.currentTarget.value as ScriptHoursView)}
          data={hoursKinds.map((value) => ({ value, label: t(`script.hours_${value}`) }))}
        />
        <Button type="submit" disabled={channelId === ''} loading={deploy.isPending}>
          {t('use.add')}
        </Button>
      </Group>
    </form>
  );
}
