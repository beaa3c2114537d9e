import { Button, Stack, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { MapTrialView } from '#contract';
import { channelTools } from '../../../api/channel-tools.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useProblemText } from '../../../ui/problem-text.js';

/** Shows what a gateway's maps read in a push that is pasted, and how a message would leave. Nothing is stored or sent. */
export function TryMap({ id }: { id: string }) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [sample, setSample] = useState('');
  const trial = useMutation({ mutationFn: (pasted: string) => channelTools.tryMap(id, pasted) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    trial.mutate(sample);
  };
  return (
    <form onSubmit={submit} aria-label={t('tools.tryMap')}>
      <Stack>
        <p className="settings-hint">{t('tools.tryMapHint')}</p>
        <Textarea
          label={t('tools.sample')}
          placeholder='{"from": "09121234567", "text": "سلام"}'
          dir="ltr"
          rows={4}
          required
          value={sample}
          onChange={(event) => setSample(event.currentTarget.value)}
        />
        <Button type="submit" variant="light" loading={trial.isPending} className="tools-act">
          {t('tools.tryMapNow')}
        </Button>
        <output className="mailbox-result" data-tone={trial.data?.reading.type === 'unreadable' ? 'bad' : 'good'}>
          {trial.isError && problemText(trial.error)}
          {trial.data && <Trial trial={trial.data} />}
        </output>
      </Stack>
    </form>
  );
}

function Trial({ trial: { reading, fields, sends } }: { trial: MapTrialView }) {
  const { t } = useI18n();
  return (
    <>
      <strong>{t(`tools.read_${reading.type}`)}</strong>
      <Values of={Object.entries(reading).filter(([name]) => name !== 'type')} />
      {fields.length > 0 && <strong>{t('tools.paths')}</strong>}
      <Values of={fields.map(({ path, value }) => [path, value])} />
      <strong>{t('tools.wouldSend')}</strong>
      <pre className="tools-request" dir="ltr">
        {[
          `${sends.method} ${sends.url}`,
          ...Object.entries(sends.headers).map(([name, value]) => `${name}: ${value}`),
          '',
          sends.body ?? '',
        ].join('\n')}
      </pre>
    </>
  );
}

function Values({ of }: { of: [name: string, value: string | null][] }) {
  return (
    <dl className="tools-values">
      {of.map(([name, value]) => (
        <div key={name}>
          <dt dir="ltr">{name}</dt>
          <dd dir="auto">{value ?? '—'}</dd>
        </div>
      ))}
    </dl>
  );
}
