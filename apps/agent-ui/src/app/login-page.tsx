import { useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { readArrival } from '../features/session/read-arrival.js';
import { SignInPage } from '../features/session/sign-in-page.js';

export function LoginPage() {
  const navigate = useNavigate();
  const { history } = useRouter();
  const [arrival] = useState(() => readArrival(location.hash));
  // A ticket is for this page alone: it stays neither in the address nor in what the browser remembers.
  useEffect(() => window.history.replaceState(window.history.state, '', location.pathname), []);
  return (
    <SignInPage
      arrival={arrival}
      onSignedIn={() => history.push(arrival.to)}
      onForgotten={() => void navigate({ to: '/forgotten' })}
    />
  );
}
