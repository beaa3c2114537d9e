import { NativeSelect, Skeleton, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChannelKind, ChannelView } from '#contract';
import { keys } from '../../api/keys.js';
import { channelsQuery } from '../../api/queries.js';
import { channelForms, type ChannelFormSpec } from '../../features/settings/channel-fields.js';
import { ChannelForm } from '../../features/settings/channel-form.js';
import '../../features/settings/settings.css';
import { useTexts } from '../../i18n/use-texts.js';
import type { StepWays } from '../../features/start/start-page.js';
import { StepFrame } from '../../features/start/step-frame.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { ChannelMark } from '../../ui/channel-mark.js';
import { ChannelReady } from './channel-ready.js';
import { ChatStart } from './chat-start.js';
import { shortForm } from './short-form.js';

const kinds = ['web', 'email', 'telegram', 'sms', 'phone'] as const satisfies ChannelKind[];

/** The first way in: chosen, connected in as few fields as it takes, and tried at once. */
export function ChannelStep({ hub, onNext, onSkip, onBack }: StepWays) {
  const channels = useQuery(channelsQuery);
  const isSpoken = useTexts('channels');
  const queries = useQueryClient();
  const [spec, setSpec] = useState<ChannelFormSpec | null>(null);
  const [isChoosing, setChoosing] = useState(false);
  const [latest, setLatest] = useState<string | null>(null);
  if (!channels.data || !isSpoken) {
    return <Skeleton height={320} />;
  }
  const channel = channels.data.find(({ id }) => id === (latest ?? hub.channel?.id));
  const connected = async ({ id }: ChannelView) => {
    await queries.invalidateQueries({ queryKey: keys.channels });
    await queries.invalidateQueries({ queryKey: keys.start });
    setLatest(id);
    setSpec(null);
    setChoosing(false);
  };
  const shown = spec ? (
    <OneForm spec={spec} company={hub.company?.name} onChoose={setSpec} onSaved={(saved) => void connected(saved)} />
  ) : (
    <Kinds onChoose={setSpec} />
  );
  return (
    <StepFrame
      step="channel"
      isDone={hub.channel !== null}
      onBack={spec || isChoosing ? () => (spec ? setSpec(null) : setChoosing(false)) : onBack}
      onSkip={onSkip}
      next={hub.channel === null ? null : { run: onNext }}
    >
      {channel && !spec && !isChoosing ? <ChannelReady channel={channel} onOther={() => setChoosing(true)} /> : shown}
    </StepFrame>
  );
}

const formsOf = (kind: ChannelKind) => channelForms.filter((form) => form.kind === kind);

function Kinds({ onChoose }: { onChoose: (spec: ChannelFormSpec) => void }) {
  const { t } = useI18n();
  return (
    <>
      <h3>{t('start.channel.choose')}</h3>
      <ul className="start-kinds">
        {kinds.map((kind) => (
          <li key={kind}>
            <button type="button" onClick={() => onChoose(formsOf(kind)[0] as ChannelFormSpec)}>
              <ChannelMark kind={kind} size={32} />
              <span>
                <strong>{t(`start.channel.${kind}`)}</strong>
                <small>{t(`start.channel.${kind}Hint`)}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

interface OneFormProps {
  spec: ChannelFormSpec;
  company: string | undefined;
  onChoose: (spec: ChannelFormSpec | null) => void;
  onSaved: (channel: ChannelView) => void;
}

function OneForm({ spec, company, onChoose, onSaved }: OneFormProps) {
  const { t } = useI18n();
  const forms = formsOf(spec.kind);
  if (spec.kind === 'web') {
    return <ChatStart company={company} onSaved={onSaved} onCancel={() => onChoose(null)} />;
  }
  return (
    <Stack>
      {forms.length > 1 && (
        <NativeSelect
          label={t('start.channel.provider')}
          value={spec.form}
          onChange={({ currentTarget: { value } }) => onChoose(forms.find(({ form }) => form === value) ?? spec)}
          data={forms.map(({ form }) => ({ value: form, label: t(`form.${form}`) }))}
        />
      )}
      <ChannelForm
        key={spec.form}
        spec={shortForm(spec)}
        channel={null}
        onSaved={onSaved}
        onCancel={() => onChoose(null)}
      />
      <p className="start-hint">{t('start.channel.moreFields')}</p>
    </Stack>
  );
}
