import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { hub } from '../../../api/hub.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconSend } from '../../../ui/icons.js';
import { useProblemText } from '../../../ui/problem-text.js';

interface Props {
  /** The channel's. */
  id: string;
  /** Whose texts are shown: a mail's, or those of any message. */
  words: 'mailbox' | 'tools';
  placeholder: string;
  /** Whom it goes to unless somebody else is named. */
  first?: string;
}

/** Sends one message to somebody who can look whether it came. It is on no timeline. */
export function SendTest({ id, words, placeholder, first = '' }: Props) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [to, setTo] = useState(first);
  const test = useMutation({ mutationFn: (address: string) => hub.sendTest(id, address) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    test.mutate(to.trim());
  };
  return (
    <form onSubmit={submit} aria-label={t(`${words}.test`)}>
      <div className="mailbox-line">
        <TextInput
          aria-label={t(`${words}.testTo`)}
          placeholder={placeholder}
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
          {t(`${words}.test`)}
        </Button>
      </div>
      <output className="mailbox-result" data-tone={test.data?.ok ? 'good' : 'bad'}>
        {test.data && (test.data.ok ? t(`${words}.testSent`) : t(`${words}.testFailed`))}
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
