import { DirectionProvider, MantineProvider } from '@mantine/core';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { i18n } from 'i18next';
import { I18nextProvider } from 'react-i18next';
import { keys } from '../api/keys.js';
import { isProblem } from '../api/problem.js';
import { directionOf } from '../i18n/i18n.js';
import { paintedLocale } from '../i18n/stored-locale.js';
import { schemeManager, theme } from '../ui/theme.js';
import { Notices } from './notices.js';
import { createAppRouter } from './router.js';

/** A session that ended leads to sign-in. What is cached goes after the desk has, which cannot show without it. */
const leaveIfEnded = (error: unknown) => {
  if (isProblem(error) && error.status === 401 && location.pathname !== '/login') {
    void router.navigate({ to: '/login' }).then(() => queries.clear());
  }
};

const queries = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      // A first look at who is signed in is the router's: it knows where strangers go.
      if (query.state.data !== undefined || query.queryKey[0] !== keys.me[0]) {
        leaveIfEnded(error);
      }
    },
  }),
  mutationCache: new MutationCache({ onError: leaveIfEnded }),
  defaultOptions: {
    queries: {
      // A refusal stays one; only silence is worth another try.
      retry: (failures, error) => failures < 2 && isProblem(error, 'unreachable'),
      refetchOnWindowFocus: false,
      staleTime: 30_000,
    },
  },
});
const router = createAppRouter(queries);

export function App({ translator }: { translator: i18n }) {
  return (
    <I18nextProvider i18n={translator}>
      <DirectionProvider initialDirection={directionOf(paintedLocale())} detectDirection={false}>
        <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={schemeManager}>
          <Notices />
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </MantineProvider>
      </DirectionProvider>
    </I18nextProvider>
  );
}
