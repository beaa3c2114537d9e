import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { SignInCheckView } from '#contract';
import { signIn } from '../../../api/sign-in.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconDone, IconFailed, IconPlug } from '../../../ui/icons.js';
import { useProblemText } from '../../../ui/problem-text.js';
import type { Typed } from './provider-draft.js';

/** Looks at the provider as the form has it, and shows each step with what was found. */
export function ProviderCheck({ id, typed }: { id: string; typed: Typed }) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const { issuer, clientId, clientSecret } = typed;
  const check = useMutation({
    mutationFn: () => signIn.check(id, { issuer, clientId, ...(clientSecret === '' ? {} : { clientSecret }) }),
  });
  return (
    <section aria-label={t('oidc.check')}>
      <div className="sign-in-check">
        <Button
          variant="light"
          leftSection={<IconPlug size={17} />}
          loading={check.isPending}
          disabled={issuer === '' || clientId === ''}
          onClick={() => check.mutate()}
        >
          {t('oidc.check')}
        </Button>
        <output>
          {check.isError && problemText(check.error)}
          {check.data && t(check.data.ok ? 'oidc.checkGood' : 'oidc.checkBad')}
        </output>
      </div>
      {check.data && (
        <ol className="sign-in-steps">
          {check.data.steps.map((step) => (
            <Step key={step.step} step={step} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Step({ step: { step, ok, detail } }: { step: SignInCheckView['steps'][number] }) {
  const { t } = useI18n();
  const Icon = ok ? IconDone : IconFailed;
  return (
    <li data-tone={ok ? 'good' : 'bad'}>
      <Icon size={18} aria-hidden />
      <div>
        <strong>{t(`oidc.step_${step}`)}</strong>
        <span className="unseen">{t(ok ? 'oidc.passed' : 'oidc.failed')}</span>
        <bdi dir="ltr">{detail}</bdi>
      </div>
    </li>
  );
}
