import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../../api/keys.js';
import { steering } from '../../api/steering.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useCommand } from '../../ui/commands.js';
import { Dialog } from '../../ui/dialog.js';
import { IconHand } from '../../ui/icons.js';
import { useAction } from '../../ui/use-action.js';
import './steering.css';
import { useOwnSteering } from './use-own-steering.js';

/** Whoever has the work may ask their supervisors for help with it. */
export function HandButton({ person }: { person: string }) {
  const { t } = useI18n();
  const isSpoken = useTexts('steering');
  const own = useOwnSteering(person);
  const [isAsking, setAsking] = useState(false);
  const mayRaise = isSpoken && own !== null && own.mayRaise && own.hand === null;
  useCommand('raiseHand', mayRaise ? () => setAsking(true) : null);
  if (!mayRaise) {
    return null;
  }
  return (
    <>
      <ActionIcon aria-label={t('steering.ask')} title={t('steering.ask')} onClick={() => setAsking(true)}>
        <IconHand size={19} />
      </ActionIcon>
      {isAsking && <Ask person={person} onClose={() => setAsking(false)} />}
    </>
  );
}

function Ask({ person, onClose }: { person: string; onClose: () => void }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const [words, setWords] = useState('');
  const raise = useAction(
    () => steering.raise(person, words.trim()),
    () => {
      onClose();
      void queries.invalidateQueries({ queryKey: keys.everySteering(person) });
    },
  );
  return (
    <Dialog title={t('steering.ask')} onClose={onClose}>
      <form
        className="steering-write"
        onSubmit={(event) => {
          event.preventDefault();
          raise.mutate(undefined);
        }}
      >
        <TextInput
          label={t('steering.askWords')}
          description={t('steering.askHint')}
          value={words}
          maxLength={500}
          dir="auto"
          data-autofocus
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <Button type="submit" loading={raise.isPending}>
          {t('steering.askSend')}
        </Button>
      </form>
    </Dialog>
  );
}
