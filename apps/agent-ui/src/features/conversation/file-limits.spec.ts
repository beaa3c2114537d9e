import { describe, expect, it } from '@jest/globals';
import { findFileProblem } from './file-limits.js';

const picture = { name: 'a.png', bytes: 1_000, mediaType: 'image/png' };

describe('the files of a draft', () => {
  const limits = { maxBytes: 5_000, maxCount: 2, media: ['image/png', 'image/jpeg'] };
  const way = { fileLimits: limits };

  it('may go where the way takes them', () => {
    expect(findFileProblem([picture, picture], way)).toBeNull();
    expect(findFileProblem([{ ...picture, mediaType: 'x/y' }], { fileLimits: { ...limits, media: [] } })).toBeNull();
  });

  it('may be anything in a note, and where nothing is known', () => {
    expect(findFileProblem([{ ...picture, bytes: 9e9 }], undefined)).toBeNull();
    expect(findFileProblem([picture], { fileLimits: null })).toBeNull();
  });

  it('are told apart by what is wrong with them', () => {
    const large = { ...picture, name: 'large.png', bytes: 5_001 };
    const text = { ...picture, name: 'b.txt', mediaType: 'text/plain' };
    expect(findFileProblem([picture, large], way)).toEqual({ kind: 'size', name: 'large.png', most: 5_000 });
    expect(findFileProblem([picture, text], way)).toEqual({ kind: 'media', name: 'b.txt', most: 0 });
    expect(findFileProblem([picture, picture, picture], way)).toEqual({ kind: 'count', name: '', most: 2 });
  });
});
