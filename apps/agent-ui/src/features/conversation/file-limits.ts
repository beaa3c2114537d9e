import type { ReplyWay } from '#contract';

/** Why the files of a draft cannot go over a way. */
export interface FileProblem {
  kind: 'count' | 'size' | 'media';
  /** The file at fault; '' where it is all of them together. */
  name: string;
  /** How many files may go, or how many bytes one may have. */
  most: number;
}

/** The first thing that keeps these files from going over this way; null where nothing does. A note takes every file. */
export function findFileProblem(
  files: readonly { name: string; bytes: number; mediaType: string }[],
  way: Pick<ReplyWay, 'fileLimits'> | undefined,
): FileProblem | null {
  const limits = way?.fileLimits;
  if (!limits) {
    return null;
  }
  const { maxBytes, maxCount, media } = limits;
  const large = files.find(({ bytes }) => bytes > maxBytes);
  if (large) {
    return { kind: 'size', name: large.name, most: maxBytes };
  }
  const strange = files.find(({ mediaType }) => media.length > 0 && !media.some((kind) => mediaType.startsWith(kind)));
  if (strange) {
    return { kind: 'media', name: strange.name, most: 0 };
  }
  return files.length > maxCount ? { kind: 'count', name: '', most: maxCount } : null;
}
