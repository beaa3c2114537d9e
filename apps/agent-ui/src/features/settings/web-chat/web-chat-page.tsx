import { Button, Group, NativeSelect, SegmentedControl, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { ChannelView } from '#contract';
import { hub } from '../../../api/hub.js';
import { isProblem } from '../../../api/problem.js';
import { useQueues } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { ChatInside } from '../chat-inside.js';
import { ChatInstall } from './chat-install.js';
import { ChatPreview } from './chat-preview.js';
import { SiteKeys } from './site-keys.js';
import './web-chat.css';
import { isColour } from '../brand/contrast.js';
import { configOf, valuesOf, type WebChatValues } from './web-chat-values.js';

interface Props {
  /** Null for a chat that is being added. */
  channel: ChannelView | null;
  onSaved: (saved: ChannelView) => void;
  onCancel: () => void;
}

const languages = ['en', 'fa'] as const;

/** Everything of a web chat: how it looks, where it may stand, who is behind it, and how it comes onto a site. */
export function WebChatPage({ channel, onSaved, onCancel }: Props) {
  const { t } = useI18n();
  const [name, setName] = useState(channel?.name ?? t('form.web'));
  const [values, setValues] = useState(() => valuesOf(channel));
  const place = { hub: location.origin, channelId: channel?.id ?? '', colour: values.colour, side: values.side };
  return (
    <div className="web-chat">
      <div>
        {channel && <ChatInstall name={name} place={place} />}
        <ChatForm
          channel={channel}
          {...{ name, setName, values, onSaved, onCancel }}
          onChange={(change) => setValues((all) => ({ ...all, ...change }))}
        />
        {channel && <SiteKeys channelId={channel.id} />}
      </div>
      <ChatPreview name={name} values={values} />
    </div>
  );
}

interface FormProps extends Props {
  name: string;
  setName: (name: string) => void;
  values: WebChatValues;
  onChange: (change: Partial<WebChatValues>) => void;
}

function ChatForm({ channel, name, setName, values, onChange, onSaved, onCancel }: FormProps) {
  const { t } = useI18n();
  const queues = useQueues();
  const [queueId, setQueueId] = useState(channel?.queueId ?? '');
  const [enabled, setEnabled] = useState(channel?.enabled ?? true);
  const save = useMutation({
    mutationFn: () => {
      const config = { ...channel?.config, ...configOf(values) };
      const draft = { name: name.trim(), queueId: queueId || null, enabled, config, secrets: {} };
      return channel ? hub.changeChannel(channel.id, draft) : hub.addChannel({ kind: 'web', ...draft });
    },
    onSuccess: onSaved,
  });
  const fault = useFault(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('settings.channelName')}
          description={t('settings.channelNameHint')}
          required
          value={name}
          error={fault.at('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Looks values={values} onChange={onChange} errorAt={fault.at} />
        <Sites values={values} onChange={onChange} errorAt={fault.at} />
        <ChatInside value={values.inside} onChange={(inside) => onChange({ inside })} />
        <NativeSelect
          label={t('settings.queue')}
          value={queueId}
          onChange={(event) => setQueueId(event.currentTarget.value)}
          data={[
            { value: '', label: t('settings.noQueue') },
            ...queues.map((queue) => ({ value: queue.id, label: queue.name })),
          ]}
        />
        <Switch
          label={t('settings.enabled')}
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
        {fault.rest && (
          <p className="settings-problem" role="alert">
            {fault.rest}
          </p>
        )}
        <Group>
          <Button type="submit" loading={save.isPending}>
            {t('common.save')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const ownFields = ['colour', 'allowedOrigins', 'issuer', 'newChatsPerMinute', 'name'];

/** Where the hub found a fault, and the words for one that no field here shows. */
function useFault(error: unknown): { at: (field: string) => string | undefined; rest: string | null } {
  const problemText = useProblemText();
  const path = isProblem(error) ? (error.problem.field ?? '') : '';
  const field = path.split('.').find((part) => ownFields.includes(part));
  const words = error ? problemText(error) : null;
  return {
    at: (asked) => (asked === field ? (words ?? undefined) : undefined),
    rest: field === undefined ? words : null,
  };
}

interface PartProps {
  values: WebChatValues;
  onChange: (change: Partial<WebChatValues>) => void;
  errorAt: (field: string) => string | undefined;
}

function Part({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="form-part">
      <legend>{label}</legend>
      <Stack>{children}</Stack>
    </fieldset>
  );
}

function Looks({ values, onChange, errorAt }: PartProps) {
  const { t } = useI18n();
  const { title, greeting, colour, side } = values;
  return (
    <Part label={t('webChat.looks')}>
      {languages.map((language) => (
        <TextInput
          key={language}
          label={t(`webChat.title_${language}`)}
          lang={language}
          maxLength={500}
          value={title[language]}
          onChange={(event) => onChange({ title: { ...title, [language]: event.currentTarget.value } })}
        />
      ))}
      {languages.map((language) => (
        <Textarea
          key={language}
          label={t(`webChat.greeting_${language}`)}
          lang={language}
          rows={2}
          maxLength={500}
          value={greeting[language]}
          onChange={(event) => onChange({ greeting: { ...greeting, [language]: event.currentTarget.value } })}
        />
      ))}
      <TextInput
        label={t('webChat.colour')}
        description={t('webChat.colourHint')}
        dir="ltr"
        spellCheck={false}
        error={errorAt('colour')}
        leftSection={
          <input
            type="color"
            className="web-chat-colour"
            aria-label={t('webChat.pickColour')}
            value={isColour(colour) ? colour : '#000000'}
            onChange={(event) => onChange({ colour: event.currentTarget.value })}
          />
        }
        value={colour}
        onChange={(event) => onChange({ colour: event.currentTarget.value.trim() })}
      />
      <SegmentedControl
        aria-label={t('webChat.side')}
        value={side}
        onChange={(chosen) => onChange({ side: chosen as WebChatValues['side'] })}
        data={[
          { value: 'end', label: t('webChat.side_end') },
          { value: 'start', label: t('webChat.side_start') },
        ]}
      />
    </Part>
  );
}

function Sites({ values, onChange, errorAt }: PartProps) {
  const { t } = useI18n();
  return (
    <Part label={t('webChat.sites')}>
      <Textarea
        label={t('field.allowedOrigins')}
        description={t('webChat.sitesHint')}
        dir="ltr"
        rows={3}
        spellCheck={false}
        placeholder={'https://www.example.com\nhttps://*.example.com'}
        error={errorAt('allowedOrigins')}
        value={values.allowedOrigins}
        onChange={(event) => onChange({ allowedOrigins: event.currentTarget.value })}
      />
      <Switch
        label={t('webChat.allowApps')}
        description={t('webChat.allowAppsHint')}
        checked={values.allowApps}
        onChange={(event) => onChange({ allowApps: event.currentTarget.checked })}
      />
      <TextInput
        label={t('webChat.newChats')}
        description={t('webChat.newChatsHint')}
        dir="ltr"
        inputMode="numeric"
        error={errorAt('newChatsPerMinute')}
        value={values.newChatsPerMinute}
        onChange={(event) => onChange({ newChatsPerMinute: event.currentTarget.value })}
      />
      <TextInput
        label={t('webChat.issuer')}
        description={t('webChat.issuerHint')}
        dir="ltr"
        spellCheck={false}
        error={errorAt('issuer')}
        value={values.issuer}
        onChange={(event) => onChange({ issuer: event.currentTarget.value })}
      />
    </Part>
  );
}
