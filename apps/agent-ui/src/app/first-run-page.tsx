import { useNavigate, useSearch } from '@tanstack/react-router';
import { SetupPage } from '../features/session/setup-page.js';

export function FirstRunPage() {
  const navigate = useNavigate();
  const { token } = useSearch({ from: '/setup' });
  return (
    <SetupPage
      token={token}
      onSignedIn={() => void navigate({ to: '/start' })}
      onSignIn={() => void navigate({ to: '/login' })}
    />
  );
}
