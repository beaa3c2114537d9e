/** Icons are imported one file each: the package's barrel would have Vite transform some six thousand modules. */
declare module '@tabler/icons-react/dist/esm/icons/*.mjs' {
  import type { Icon } from '@tabler/icons-react';
  const icon: Icon;
  export default icon;
}

/** Cyrillic, Greek and the rest come along; a browser fetches only the ranges that a page shows. */
declare module '@fontsource-variable/*';
