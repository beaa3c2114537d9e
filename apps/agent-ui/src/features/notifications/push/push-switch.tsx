import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import { push } from '../../../api/notices.js';
import { useMe } from '../../../api/queries.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { isPushFailure, keptPush, signOff, signUp, whyNoPush } from './own-subscription.js';

/** Whether this browser is woken while no console of the reader's is open, and with how much. */
export function PushSwitch() {
  return useTexts('alerts') ? <Switches /> : null;
}

function Switches() {
  const { t } = useI18n();
  const { id: readerId } = useMe();
  const [kept, setKept] = useState(() => keptPush(readerId));
  const { isBusy, run } = useTries();
  const reason = whyNoPush();
  const wish = (withText: boolean) => run(async () => setKept(await signUp(readerId, withText)));
  const stop = () =>
    run(async () => {
      setKept(null);
      await (kept && signOff(kept));
    });
  const test = () =>
    run(async () => {
      await push.test(kept?.id ?? '');
      notify(t('push.tested'));
    });
  return (
    <>
      <Switch
        label={t('push.label')}
        description={reason ? t(`push.${reason}`) : t('push.hint')}
        checked={kept !== null}
        disabled={reason !== null || isBusy}
        onChange={({ currentTarget: { checked } }) => void (checked ? wish(false) : stop())}
      />
      {kept && (
        <div className="settings-line">
          <Switch
            label={t('push.withText')}
            description={t('push.withTextHint')}
            checked={kept.withText}
            disabled={isBusy}
            onChange={({ currentTarget: { checked } }) => void wish(checked)}
          />
          <Button variant="default" size="xs" loading={isBusy} onClick={() => void test()}>
            {t('push.test')}
          </Button>
        </div>
      )}
    </>
  );
}

/** Runs one thing at a time, and says why where it does not work. */
function useTries() {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [isBusy, setBusy] = useState(false);
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      notify(isPushFailure(error) ? t(`push.${error.name}`) : problemText(error), 'bad');
    }
    setBusy(false);
  };
  return { isBusy, run };
}
