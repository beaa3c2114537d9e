import { programEndings } from '#channels';

/** Beside the programs that visitors cannot send either: what a double click runs, installs or lets run, on any system. */
const endings = new Set([
  ...programEndings,
  ...'appref-ms apk appx command deb desktop dmg elf gadget inf jnlp mht mhtml msix msc pif pkg ps1xml psd1 psm1 rpm run scf scpt settingcontent-ms swf url vbscript website wsc xpi'.split(
    ' ',
  ),
]);

/** The same by what the bytes are, however the file is called. Documents with macros are not among them: people send those for a living. */
const types = new Set([
  'application/java-archive',
  'application/java-vm',
  'application/vnd.android.package-archive',
  'application/vnd.microsoft.portable-executable',
  'application/vnd.ms-htmlhelp',
  'application/x-apple-diskimage',
  'application/x-deb',
  'application/x-elf',
  'application/x-executable',
  'application/x-google-chrome-extension',
  'application/x-mach-binary',
  'application/x-ms-regedit',
  'application/x-ms-shortcut',
  'application/x-msdownload',
  'application/x-rpm',
  'application/x-shockwave-flash',
  'application/x-xpinstall',
  'text/x-shellscript',
]);

/**
 * What makes a file a program or a script: its ending with the dot, or its sniffed type; null when it is neither. Every door asks this:
 * what somebody here or a visitor uploads is refused, what a customer's message brings is held back.
 */
export function programType(name: string, sniffedType: string): string | null {
  // Windows opens "a.exe. " as a.exe, and marks of direction make "exe" look like another ending.
  const bare = name.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '').replace(/[\s.]+$/u, '');
  const ending = /\.([^.\s]+)$/u.exec(bare)?.[1]?.toLowerCase() ?? '';
  if (endings.has(ending)) {
    return `.${ending}`;
  }
  return types.has(sniffedType) ? sniffedType : null;
}
