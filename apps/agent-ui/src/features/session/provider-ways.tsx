import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { SignInWaysView } from '#contract';
import { signIn } from '../../api/sign-in.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useProblemText } from '../../ui/problem-text.js';

interface Props {
  providers: SignInWaysView['providers'];
  /** The page to come back to. */
  to: string;
}

/** A button for each provider. The browser leaves for it, and comes back to the sign-in page. */
export function ProviderWays({ providers, to }: Props) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const begin = useMutation({ mutationFn: signIn.begin, onSuccess: ({ location: away }) => location.assign(away) });
  return (
    <div className="session-providers">
      {providers.map(({ id, name }) => (
        <Button
          key={id}
          variant="default"
          size="md"
          fullWidth
          loading={begin.isPending && begin.variables.provider === id}
          onClick={() => begin.mutate({ provider: id, to })}
        >
          {t('oidc.with', { name })}
        </Button>
      ))}
      {begin.isError && (
        <p className="session-problem" role="alert">
          {problemText(begin.error)}
        </p>
      )}
    </div>
  );
}
