import { useLocation, useNavigate } from '@tanstack/react-router';
import { AccountLinkPage } from '../features/session/account-link-page.js';
import { ForgottenPage } from '../features/session/forgotten-page.js';

export function JoinRoutePage() {
  return <LinkPage kind="invite" />;
}

export function ResetRoutePage() {
  return <LinkPage kind="reset" />;
}

export function ForgottenRoutePage() {
  const navigate = useNavigate();
  return <ForgottenPage onSignIn={() => void navigate({ to: '/login' })} />;
}

/** The token stays behind the #, which no server is told and no log keeps. */
function LinkPage({ kind }: { kind: 'invite' | 'reset' }) {
  const navigate = useNavigate();
  const { hash } = useLocation();
  return (
    <AccountLinkPage
      key={hash}
      kind={kind}
      token={hash}
      onSignedIn={() => void navigate({ to: '/' })}
      onSignIn={() => void navigate({ to: '/login' })}
      onForgotten={() => void navigate({ to: '/forgotten' })}
    />
  );
}
