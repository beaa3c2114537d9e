import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { held } from '../../../api/held.js';
import { isProblem } from '../../../api/problem.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { IconUndo } from '../../../ui/icons.js';
import { useAction } from '../../../ui/use-action.js';
import { takeFromOutbox, type Waiting } from '../outbox.js';
import { takeBack } from './give-back.js';

/** Under a message that leaves in a moment: how long it still waits, and what can be done until then. */
export function HeldLine({ waiting }: { waiting: Waiting }) {
  const { t } = useI18n();
  const isSpoken = [useTexts('replies'), useTexts('sending')].every(Boolean);
  const seconds = useSecondsLeft(waiting.leavesAt ?? 0);
  const undo = useAction(
    () => takeBack(waiting).catch(unlessGone(waiting)),
    () => undefined,
  );
  const hurry = useAction(
    () => held.sendNow(waiting.message.id).catch(unlessGone(waiting)),
    () => undefined,
  );
  if (!isSpoken) {
    return null;
  }
  return (
    <>
      {/* Said once: a voice that counts would drown everything else. */}
      <span className="delivery" aria-hidden>
        {seconds > 0 ? t('held.leavesIn', { count: seconds }) : t('held.leaves')}
      </span>
      {waiting.message.afterwards && (
        <span className="delivery">{t(`sendThen.told_${waiting.message.afterwards.do}`)}</span>
      )}
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconUndo size={14} />}
        disabled={seconds === 0}
        loading={undo.isPending}
        onClick={() => undo.mutate(undefined)}
      >
        {t('held.undo')}
      </Button>
      <Button size="compact-xs" variant="subtle" disabled={seconds === 0} onClick={() => hurry.mutate(undefined)}>
        {t('held.now')}
      </Button>
    </>
  );
}

/** One that has become a message, or is gone, waits no longer. */
function unlessGone({ message }: Waiting) {
  return (error: unknown): void => {
    if (isProblem(error, 'not_found')) {
      takeFromOutbox(message.id);
    }
    throw error;
  };
}

function useSecondsLeft(leavesAt: number): number {
  const secondsLeft = () => Math.max(0, Math.ceil((leavesAt - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(secondsLeft);
  useEffect(() => {
    const look = () => setSeconds(Math.max(0, Math.ceil((leavesAt - Date.now()) / 1000)));
    look();
    const timer = setInterval(look, 250);
    return () => clearInterval(timer);
  }, [leavesAt]);
  return seconds;
}
