import { createTheme, localStorageColorSchemeManager } from '@mantine/core';

/** `public/before-paint.js` reads the same key. */
export const schemeManager = localStorageColorSchemeManager({ key: 'peyk.scheme' });

export const theme = createTheme({
  fontFamily: 'var(--ui-font)',
  headings: { fontFamily: 'var(--ui-font)' },
  primaryColor: 'peyk',
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: 'md',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  colors: {
    peyk: [
      '#e7f5f5',
      '#d3e9ea',
      '#a8d4d7',
      '#7bbfc3',
      '#55adb3',
      '#3ba2a8',
      '#2a979e',
      '#14858c',
      '#006f77',
      '#005960',
    ],
    dark: [
      '#e6eded',
      '#bccaca',
      '#a0b0b1',
      '#6d7f81',
      '#3c4c4f',
      '#2f3d40',
      '#1f2a2c',
      '#161e20',
      '#111819',
      '#0c1213',
    ],
  },
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'lg' } },
    Button: { defaultProps: { size: 'sm' } },
    // A menu belongs to the page's content, and its first entry needs no placeholder to be focused.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, portalProps: { target: '#content' } } },
    Modal: { defaultProps: { centered: true } },
  },
});
