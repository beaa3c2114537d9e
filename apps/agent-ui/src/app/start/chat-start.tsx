import { Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { ChannelView } from '#contract';
import { hub } from '../../api/hub.js';
import { isProblem } from '../../api/problem.js';
import { useQueues } from '../../api/queries.js';
import { configOf, valuesOf } from '../../features/settings/web-chat/web-chat-values.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { FormEnd } from '../../ui/form-end.js';
import { useProblemText } from '../../ui/problem-text.js';

interface Props {
  company: string | undefined;
  onSaved: (channel: ChannelView) => void;
  onCancel: () => void;
}

/** A chat in three words: what stands above it, how it greets, and where it may stand. */
export function ChatStart({ company, onSaved, onCancel }: Props) {
  const { t, locale } = useI18n();
  const problemText = useProblemText();
  const queues = useQueues();
  const [title, setTitle] = useState(company ?? '');
  const [greeting, setGreeting] = useState(t('start.channel.greetingIs'));
  const [site, setSite] = useState('');
  const save = useMutation({
    mutationFn: () => {
      const values = valuesOf(null);
      const texts = (text: string) => ({ en: '', fa: '', [locale]: text.trim() });
      const config = configOf({ ...values, title: texts(title), greeting: texts(greeting), allowedOrigins: site });
      return hub.addChannel({
        kind: 'web',
        name: t('form.web'),
        queueId: queues[0]?.id ?? null,
        config,
        secrets: {},
      });
    },
    onSuccess: onSaved,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const isSite = isProblem(save.error) && (save.error.problem.field ?? '').includes('allowedOrigins');
  return (
    <form onSubmit={submit}>
      <Stack maw={560}>
        <TextInput
          label={t('start.channel.chatName')}
          required
          maxLength={500}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <TextInput
          label={t('start.channel.greeting')}
          maxLength={500}
          value={greeting}
          onChange={(event) => setGreeting(event.currentTarget.value)}
        />
        <TextInput
          label={t('start.channel.site')}
          description={t('start.channel.siteHint')}
          dir="ltr"
          inputMode="url"
          placeholder="https://www.example.com"
          error={isSite ? problemText(save.error) : undefined}
          value={site}
          onChange={(event) => setSite(event.currentTarget.value)}
        />
        <FormEnd
          error={isSite ? null : save.error}
          isSaving={save.isPending}
          submit={t('start.channel.makeChat')}
          onCancel={onCancel}
        />
      </Stack>
    </form>
  );
}
