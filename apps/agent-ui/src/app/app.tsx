import { DirectionProvider, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { i18n } from 'i18next';
import { I18nextProvider } from 'react-i18next';
import { isProblem } from '../api/problem.js';
import { directionOf } from '../i18n/i18n.js';
import { paintedLocale } from '../i18n/stored-locale.js';
import { schemeManager, theme } from '../ui/theme.js';
import { createAppRouter } from './router.js';

const onError = (error: unknown) => {
  if (isProblem(error) && error.status === 401 && location.pathname !== '/login') {
    queries.removeQueries();
    void router.navigate({ to: '/login' });
  }
};

const queries = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
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
          <Notifications position="top-center" limit={4} />
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </MantineProvider>
      </DirectionProvider>
    </I18nextProvider>
  );
}
