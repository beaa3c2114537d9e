import { Button, FileButton, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { PromptView } from '#contract';
import { keys } from '../../../../api/keys.js';
import { prompts } from '../../../../api/recordings.js';
import { useI18n } from '../../../../i18n/use-i18n.js';
import { Dialog } from '../../../../ui/dialog.js';
import { IconRecord, IconStop, IconUpload } from '../../../../ui/icons.js';
import { Ltr } from '../../../../ui/ltr.js';
import { notify } from '../../../../ui/notify.js';
import { useAction } from '../../../../ui/use-action.js';
import { toTelephoneSound, UnusableSound } from './convert-sound.js';
import { useMicrophone } from './use-microphone.js';

/** Records one sentence, or takes a file for it; it is heard as callers will hear it before it is kept. */
export function RecordDialog({ prompt, onClose }: { prompt: PromptView; onClose: () => void }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const { sound, problem, take } = useSound();
  const microphone = useMicrophone((said) => void take(said));
  const keep = useAction(
    (wav: Blob) => prompts.keep(prompt, wav),
    () => {
      void queries.invalidateQueries({ queryKey: keys.prompts });
      notify(t('prompt.kept'));
      onClose();
    },
  );
  return (
    <Dialog title={t('prompt.recordTitle')} onClose={onClose}>
      <div className="prompt-record">
        <Ltr className="prompt-name">{prompt.name}</Ltr>
        {prompt.text !== '' && (
          <>
            <p className="prompt-hint">{t('prompt.readAloud')}</p>
            <blockquote dir="auto" lang={prompt.locale}>
              {prompt.text}
            </blockquote>
          </>
        )}
        <Group>
          <Microphone microphone={microphone} />
          <FileButton onChange={(file) => void (file && take(file))} accept="audio/*">
            {(props) => (
              <Button {...props} variant="light" leftSection={<IconUpload size={17} />}>
                {t('prompt.chooseFile')}
              </Button>
            )}
          </FileButton>
        </Group>
        {microphone.state === 'refused' && <p className="settings-problem">{t('prompt.noMicrophone')}</p>}
        {problem && (
          <p className="settings-problem" role="alert">
            {t(`prompt.unusable_${problem}`)}
          </p>
        )}
        {sound && (
          <>
            <p className="prompt-hint">{t('prompt.asCallersHear')}</p>
            {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- its words stand above */}
            <audio controls src={sound.url} dir="ltr" aria-label={t('prompt.asCallersHear')} />
            <Button loading={keep.isPending} onClick={() => keep.mutate(sound.wav)}>
              {t('prompt.keep')}
            </Button>
          </>
        )}
      </div>
    </Dialog>
  );
}

function Microphone({ microphone: { state, start, stop } }: { microphone: ReturnType<typeof useMicrophone> }) {
  const { t } = useI18n();
  return state === 'recording' ? (
    <Button color="red" leftSection={<IconStop size={17} />} onClick={stop}>
      {t('prompt.stop')}
    </Button>
  ) : (
    <Button leftSection={<IconRecord size={17} />} loading={state === 'asking'} onClick={() => void start()}>
      {t('prompt.record')}
    </Button>
  );
}

/** What was recorded or chosen, as the phone will play it. */
function useSound() {
  const [sound, setSound] = useState<{ wav: Blob; url: string } | null>(null);
  const [problem, setProblem] = useState<UnusableSound['why'] | null>(null);
  useEffect(() => () => void (sound && URL.revokeObjectURL(sound.url)), [sound]);
  const take = async (file: Blob): Promise<void> => {
    setProblem(null);
    setSound(null);
    try {
      const wav = await toTelephoneSound(file);
      setSound({ wav, url: URL.createObjectURL(wav) });
    } catch (error) {
      setProblem(error instanceof UnusableSound ? error.why : 'unreadable');
    }
  };
  return { sound, problem, take };
}
