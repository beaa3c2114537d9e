import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { hub } from '../../api/hub.js';
import { keys } from '../../api/keys.js';
import type { Endpoint } from '../../api/phone.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { notify } from '../../ui/notify.js';
import { useProblemText } from '../../ui/problem-text.js';
import { EndpointFields } from './endpoint-fields.js';
import { tidyAddress } from './endpoint-rules.js';
import { useOwnEndpoint } from './use-own-endpoint.js';

/** The reader's own phone, as they tell it themselves. */
export function OwnEndpoint() {
  const isSpoken = useTexts('phone');
  const { t } = useI18n();
  const problemText = useProblemText();
  const queries = useQueryClient();
  const [endpoint, setEndpoint] = useState(useOwnEndpoint());
  const save = useMutation({
    mutationFn: (phone: Endpoint | null) => hub.changeMe({ phone }),
    onSuccess: (me) => {
      queries.setQueryData(keys.me, me);
      notify(t('endpoint.saved'), 'good');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(endpoint && { ...endpoint, address: tidyAddress(endpoint.kind, endpoint.address) });
  };
  return (
    isSpoken && (
      <form className="endpoint-own" onSubmit={submit}>
        <EndpointFields
          endpoint={endpoint}
          hint="ownHint"
          error={save.isError ? problemText(save.error) : undefined}
          onChange={setEndpoint}
        />
        <Button type="submit" variant="default" loading={save.isPending}>
          {t('endpoint.save')}
        </Button>
      </form>
    )
  );
}
