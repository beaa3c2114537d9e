import { describe, expect, it } from '@jest/globals';
import { findMentions } from './find-mentions.js';

const agents = [
  { id: 'sara', name: 'Sara' },
  { id: 'ahmadi', name: 'Sara Ahmadi' },
  { id: 'ali', name: 'علی کریمی' },
  { id: 'one', name: 'Reza' },
  { id: 'two', name: 'REZA' },
];
const named = (note: string) => findMentions(note, agents);

describe('whom a note names', () => {
  it('are the agents whose whole name stands after an @, in the order of the note', () => {
    expect(named('@Sara please look, or @علی کریمی')).toEqual(['sara', 'ali']);
  });

  it('is the one with the longest name that fits', () => {
    expect(named('ask @Sara Ahmadi about it')).toEqual(['ahmadi']);
    expect(named('ask @Sara, Ahmadi is away')).toEqual(['sara']);
  });

  it('is found in whatever spelling folds to the same', () => {
    expect(named('@SARA and (@علي كريمي)')).toEqual(['sara', 'ali']);
    expect(named('@\u2068علی\u200cکریمی\u2069: ببین')).toEqual(['ali']);
  });

  it('are both of two who have one name', () => {
    expect(named('@reza')).toEqual(['one', 'two']);
  });

  it('is nobody by a part of a name, a mail address, or an @ that stands alone', () => {
    expect(named('@Sa @علی info@sara.test @ Sara')).toEqual([]);
  });

  it('is somebody once, however often', () => {
    expect(named('@Sara @Sara')).toEqual(['sara']);
  });
});
