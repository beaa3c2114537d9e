import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ChannelCheckStep } from '#contract';
import { hub } from '../../../api/hub.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconDone, IconFailed, IconPlug, IconSkipped } from '../../../ui/icons.js';
import { useProblemText } from '../../../ui/problem-text.js';

/** Tries everything that the mailbox needs, and shows each step with what was found or what would mend it. */
export function ConnectionCheck({ id }: { id: string }) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const check = useMutation({ mutationFn: () => hub.checkChannel(id) });
  return (
    <section aria-label={t('mailbox.check')}>
      <div className="mailbox-line">
        <Button
          variant="light"
          leftSection={<IconPlug size={17} />}
          loading={check.isPending}
          onClick={() => check.mutate()}
        >
          {t('mailbox.check')}
        </Button>
        <output>
          {check.isError && problemText(check.error)}
          {check.data && (check.data.ok ? t('mailbox.checkPassed') : t('mailbox.checkFailed'))}
        </output>
      </div>
      {check.data && (
        <ol className="mailbox-steps">
          {check.data.steps.map((step) => (
            <Step key={step.step} step={step} />
          ))}
        </ol>
      )}
    </section>
  );
}

const marks = {
  ok: { Icon: IconDone, tone: 'good' },
  failed: { Icon: IconFailed, tone: 'bad' },
  skipped: { Icon: IconSkipped, tone: undefined },
} as const;

/** Troubles whose remedy is told in the reader\u2019s language; the words of the hub, or of the server, stand below. */
const told = [
  'unauthorised',
  'insecure',
  'unknown_host',
  'unreachable',
  'folder_missing',
  'token_unavailable',
  'address_refused',
  'deferred',
  'refused',
] as const;

/** Steps of other channels than mailboxes. */
const whole = [
  'settings.read',
  'address.public',
  'endpoint.none',
  'endpoint.answer',
  'bot.sign_in',
  'bot.way_in',
] as const;
const ways = ['imap', 'smtp'] as const;
const tried = ['resolve', 'connect', 'tls', 'token', 'sign_in', 'folders'] as const;

function Step({ step: { step, state, code, text } }: { step: ChannelCheckStep }) {
  const { t } = useI18n();
  const { Icon, tone } = marks[state];
  const [prefix, act] = step.split('.');
  const way = ways.find((one) => one === prefix);
  const what = tried.find((one) => one === act);
  const reason = told.find((one) => one === code);
  const named = whole.find((one) => one === step);
  const title =
    way && what ? t('mailbox.step', { way: t(`mailbox.way_${way}`), what: t(`mailbox.step_${what}`) }) : step;
  return (
    <li data-tone={tone}>
      <Icon size={18} aria-hidden />
      <div>
        <strong>{named ? t(`tools.step_${named.replace('.', '_') as 'settings_read'}`) : title}</strong>
        <span className="unseen">{t(`mailbox.state_${state}`)}</span>
        {reason && <span>{t(`mailbox.why_${reason}`)}</span>}
        {state !== 'skipped' && (
          <bdi dir="ltr" className="mailbox-words">
            {text}
          </bdi>
        )}
      </div>
    </li>
  );
}
