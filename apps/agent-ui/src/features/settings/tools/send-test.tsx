import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { ChannelView } from '#contract';
import { hub } from '../../../api/hub.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconSend } from '../../../ui/icons.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { addressKey } from './address-key.js';

/** Sends one message to somebody who can look whether it came. It is on no timeline. */
export function SendTest({ channel: { id, kind } }: { channel: ChannelView }) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [to, setTo] = useState('');
  const test = useMutation({ mutationFn: (address: string) => hub.sendTest(id, address) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    test.mutate(to.trim());
  };
  return (
    <form onSubmit={submit} aria-label={t('tools.test')}>
      <div className="mailbox-line">
        <TextInput
          aria-label={t('tools.testTo')}
          placeholder={t(addressKey(kind))}
          dir="ltr"
          required
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="light"
          leftSection={<IconSend size={17} className="points" />}
          loading={test.isPending}
        >
          {t('tools.test')}
        </Button>
      </div>
      <output className="mailbox-result" data-tone={test.data?.ok ? 'good' : 'bad'}>
        {test.data && (test.data.ok ? t('tools.testSent') : t('tools.testFailed'))}
        {test.data && !test.data.ok && (
          <bdi dir="ltr" className="mailbox-words">
            {test.data.text}
          </bdi>
        )}
        {test.isError && problemText(test.error)}
      </output>
    </form>
  );
}
