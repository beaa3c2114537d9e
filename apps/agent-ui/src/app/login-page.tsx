import { useNavigate } from '@tanstack/react-router';
import { SignInPage } from '../features/session/sign-in-page.js';

export function LoginPage() {
  const navigate = useNavigate();
  return (
    <SignInPage onSignedIn={() => void navigate({ to: '/' })} onForgotten={() => void navigate({ to: '/forgotten' })} />
  );
}
