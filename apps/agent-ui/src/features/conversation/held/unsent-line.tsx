import { Button } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { IconAlert, IconClock, IconRefresh } from '../../../ui/icons.js';
import { useAction } from '../../../ui/use-action.js';
import { mayGoAlone } from '../decide-sending.js';
import type { Waiting } from '../outbox.js';
import { useFlush, useSendAgain, useSendAlone } from '../use-send.js';
import { discard } from './give-back.js';

/** Under a message that the hub does not have: why, whether it goes by itself, and what its writer can do. */
export function UnsentLine({ waiting }: { waiting: Waiting }) {
  const isSpoken = useTexts('sending');
  if (!isSpoken) {
    return null;
  }
  return waiting.state === 'waiting' ? <ForLink waiting={waiting} /> : <Refused waiting={waiting} />;
}

function ForLink({ waiting }: { waiting: Waiting }) {
  const { t } = useI18n();
  const flush = useFlush();
  return (
    <>
      <span className="delivery" data-state="parked">
        <IconClock size={15} aria-hidden /> {t('unsent.waits')}
      </span>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconRefresh size={14} />}
        onClick={() => void flush(waiting.person)}
      >
        {t('unsent.now')}
      </Button>
      <Edit waiting={waiting} />
    </>
  );
}

function Refused({ waiting }: { waiting: Waiting }) {
  const { t } = useI18n();
  const again = useSendAgain();
  const sendAlone = useSendAlone();
  const { problem, code } = waiting;
  const isAnswered = code === 'answered_meanwhile';
  const decides = waiting.message.afterwards !== undefined && mayGoAlone(code);
  return (
    <>
      <span className="delivery" data-state="failed">
        <IconAlert size={15} aria-hidden /> {t('delivery.unsent')}
      </span>
      {problem && <span className="delivery-why">{problem}</span>}
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconRefresh size={14} />}
        onClick={() => void again(waiting)}
      >
        {isAnswered ? t('message.sendAnyway') : t('common.retry')}
      </Button>
      {decides && (
        <Button size="compact-xs" variant="default" onClick={() => void sendAlone(waiting)}>
          {t('unsent.alone')}
        </Button>
      )}
      <Edit waiting={waiting} />
    </>
  );
}

/** Its words go back to where they were written: to be changed, to go another way, or to be thrown away there. */
function Edit({ waiting }: { waiting: Waiting }) {
  const { t } = useI18n();
  const giveUp = useAction(
    () => discard(waiting),
    () => undefined,
  );
  return (
    <Button size="compact-xs" variant="subtle" loading={giveUp.isPending} onClick={() => giveUp.mutate(undefined)}>
      {t('unsent.edit')}
    </Button>
  );
}
