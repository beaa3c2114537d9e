import { Button, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import type { ChannelView } from '#contract';
import { channelTools, type Simulation } from '../../../api/channel-tools.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { addressKey } from './address-key.js';

/** Lets an administrator be a customer for one message: it comes in as its provider would bring it, and says that it is a trial. */
export function SimulateInbound({ channel: { id, kind } }: { channel: ChannelView }) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [wish, setWish] = useState<Simulation>({ from: '', name: '', subject: '', text: '' });
  const change = (part: Partial<Simulation>) => setWish((known) => ({ ...known, ...part }));
  const simulate = useMutation({ mutationFn: (message: Simulation) => channelTools.simulate(id, message) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    simulate.mutate({ ...wish, from: wish.from.trim() });
  };
  return (
    <form onSubmit={submit} aria-label={t('tools.simulate')}>
      <Stack>
        <p className="settings-hint">{t('tools.simulateHint')}</p>
        <TextInput
          label={t('tools.from')}
          placeholder={t(addressKey(kind))}
          dir="ltr"
          required
          value={wish.from}
          onChange={(event) => change({ from: event.currentTarget.value })}
        />
        <TextInput
          label={t('tools.fromName')}
          value={wish.name ?? ''}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        {kind === 'email' && (
          <TextInput
            label={t('tools.subject')}
            value={wish.subject ?? ''}
            onChange={(event) => change({ subject: event.currentTarget.value })}
          />
        )}
        <Textarea
          label={t('tools.text')}
          rows={3}
          required
          value={wish.text}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        <Button type="submit" variant="light" loading={simulate.isPending} className="tools-act">
          {t('tools.simulateNow')}
        </Button>
        <output data-tone={simulate.isSuccess ? 'good' : 'bad'} className="mailbox-result">
          {simulate.isError && problemText(simulate.error)}
          {simulate.data && (
            <>
              {t('tools.simulated')}{' '}
              <Link to="/inbox/$view/$conversation" params={{ view: 'open', conversation: simulate.data.conversation }}>
                {t('tools.openIt')}
              </Link>
            </>
          )}
        </output>
      </Stack>
    </form>
  );
}
