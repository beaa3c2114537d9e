import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { i18n } from 'i18next';
import { I18nextProvider } from 'react-i18next';
import { isProblem } from '../api/problem.js';
import { directionOf } from '../i18n/i18n.js';
import { paintedLocale } from '../i18n/stored-locale.js';
import { schemeManager, theme } from '../ui/theme.js';
import { Notices } from './notices.js';
import { createAppRouter } from './router.js';

const queries = new QueryClient({
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

/**
 * What is cached goes after the desk has, which cannot show without it. The way to sign-in that another step overtakes is over as well,
 * and has led nowhere: only what stands on the screen counts.
 */
router.subscribe('onResolved', ({ fromLocation, toLocation }) => {
  if (fromLocation !== undefined && toLocation.pathname === '/login') {
    queries.clear();
  }
});

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
