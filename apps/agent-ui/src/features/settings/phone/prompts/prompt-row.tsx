import { Button, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { PromptView } from '#contract';
import { keys } from '../../../../api/keys.js';
import { prompts } from '../../../../api/recordings.js';
import { useI18n } from '../../../../i18n/use-i18n.js';
import { IconPlay } from '../../../../ui/icons.js';
import { Ltr } from '../../../../ui/ltr.js';
import { useAction } from '../../../../ui/use-action.js';

const tones = { own: 'good', starter: 'warn', missing: 'bad' } as const;

/** One recording: what it says, whose it is, and what can be done with it. */
export function PromptRow({ prompt, onRecord }: { prompt: PromptView; onRecord: () => void }) {
  const { t, format } = useI18n();
  const { name, text, locale, state, scripts, wanted, ms, url } = prompt;
  return (
    <li className="prompt-row">
      <div className="prompt-words">
        {text === '' ? (
          <span>{t(name.endsWith('hold-music.wav') ? 'prompt.music' : 'prompt.noText')}</span>
        ) : (
          <span dir="auto" lang={locale}>
            {text}
          </span>
        )}
        <small>
          <Ltr className="prompt-name">{name}</Ltr>
          {scripts.length > 0 && ` · ${scripts.join(t('prompt.comma'))}`}
          {ms !== null && ` · ${format.duration(Math.max(1, Math.round(ms / 1_000)))}`}
        </small>
        {wanted !== null && <small className="prompt-wanted">{t('prompt.wanted', { count: wanted })}</small>}
      </div>
      <span className="chip" data-tone={tones[state]}>
        {t(`prompt.state_${state}`)}
      </span>
      <Group gap={4} wrap="nowrap">
        {url !== null && <Play url={url} name={text || name} />}
        <Button variant="light" size="compact-sm" onClick={onRecord}>
          {t(state === 'missing' ? 'prompt.record' : 'prompt.replace')}
        </Button>
        {state === 'own' && <Remove prompt={prompt} />}
      </Group>
    </li>
  );
}

/** Nothing is loaded before it is pressed: there are hundreds of them. */
function Play({ url, name }: { url: string; name: string }) {
  const { t } = useI18n();
  const element = useRef<HTMLAudioElement>(null);
  const play = (): void => {
    const audio = element.current;
    if (audio) {
      audio.src = url;
      void audio.play().catch(() => undefined);
    }
  };
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- its words stand beside it */}
      <audio ref={element} preload="none" />
      <Button variant="subtle" size="compact-sm" aria-label={t('prompt.play', { name })} onClick={play}>
        <IconPlay size={17} />
      </Button>
    </>
  );
}

function Remove({ prompt }: { prompt: PromptView }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const remove = useAction(
    () => prompts.remove(prompt),
    () => void queries.invalidateQueries({ queryKey: keys.prompts }),
  );
  return (
    <Button variant="subtle" color="red" size="compact-sm" loading={remove.isPending} onClick={() => remove.mutate()}>
      {t('prompt.remove')}
    </Button>
  );
}
