import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { hub } from '../../../api/hub.js';
import { useMe } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconSend } from '../../../ui/icons.js';
import { useProblemText } from '../../../ui/problem-text.js';

/** Sends one mail to somebody who can look whether it came, by default to whoever is setting this up. */
export function TestMessage({ id }: { id: string }) {
  const { t } = useI18n();
  const me = useMe();
  const problemText = useProblemText();
  const [to, setTo] = useState(me.email);
  const test = useMutation({ mutationFn: (address: string) => hub.sendTest(id, address) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    test.mutate(to.trim());
  };
  return (
    <form onSubmit={submit} aria-label={t('mailbox.test')}>
      <div className="mailbox-line">
        <TextInput
          aria-label={t('mailbox.testTo')}
          placeholder={t('mailbox.testTo')}
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
          {t('mailbox.test')}
        </Button>
      </div>
      <output className="mailbox-result" data-tone={test.data?.ok ? 'good' : 'bad'}>
        {test.data && (test.data.ok ? t('mailbox.testSent') : t('mailbox.testFailed'))}
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
